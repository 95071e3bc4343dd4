using System.Globalization;
using System.Text.RegularExpressions;
using Sideband.Events;

namespace Sideband.Templates.Scoring;

/// <summary>Names in reasons of trainings, which know features by their place alone: "feature 2" becomes "feature 'tau21_j1'".</summary>
internal static partial class FeatureNames
{
    public static string In(string reason, EventTable events) => Place().Replace(
        reason,
        match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is var place && place <= events.FeatureNames.Count
            ? $"feature '{events.FeatureNames[place - 1]}'"
            : match.Value);

    [GeneratedRegex(@"\bfeature ([1-9][0-9]{0,3})\b")]
    private static partial Regex Place();
}

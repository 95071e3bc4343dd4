using System.Globalization;
using Sideband.Events;

namespace Sideband.Search.Settings;

/// <summary>Signal events that are added to the data: <c>FILE:N[:SEED]</c>, rows with label 1 only, counted over all masses.</summary>
/// <param name="File">The signal file.</param>
/// <param name="Events">N, at least 1.</param>
/// <param name="Seed">Null: the first N rows; else N rows drawn at random.</param>
public sealed record InjectionSpec(EventFileSpec File, int Events, ulong? Seed)
{
    /// <exception cref="ConfigurationException">Another form.</exception>
    public static InjectionSpec Parse(string text)
    {
        var parts = text.Split(':');

        // A row range such as file.h5[0:100] holds a colon of its own: numbers are taken from the end.
        var numbers = parts.Reverse()
            .TakeWhile(part => ulong.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Count();
        if (numbers is not (1 or 2)
            || parts.Length <= numbers
            || !int.TryParse(parts[^numbers], NumberStyles.None, CultureInfo.InvariantCulture, out var events)
            || events < 1)
        {
            throw new ConfigurationException(
                $"inject: '{text}' is not an injection; allowed: FILE:N or FILE:N:SEED with whole N of at least 1");
        }

        ulong? seed = numbers == 2 ? ulong.Parse(parts[^1], CultureInfo.InvariantCulture) : null;
        return new InjectionSpec(EventFileSpec.Parse(string.Join(':', parts[..^numbers])), events, seed);
    }

    public override string ToString() =>
        Seed is { } seed
            ? string.Create(CultureInfo.InvariantCulture, $"{File}:{Events}:{seed}")
            : string.Create(CultureInfo.InvariantCulture, $"{File}:{Events}");
}

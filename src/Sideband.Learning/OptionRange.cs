using System.Globalization;

namespace Sideband.Learning;

/// <summary>Checks that options lie in their ranges, with one form of message for all learners.</summary>
internal static class OptionRange
{
    /// <exception cref="ArgumentException">
    /// The condition does not hold; the message names the option, its value and what is allowed.
    /// </exception>
    public static void Require(string learner, bool holds, string option, double value, string allowed)
    {
        if (!holds)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"{learner} option {option} is {value}; allowed: {allowed}"));
        }
    }
}

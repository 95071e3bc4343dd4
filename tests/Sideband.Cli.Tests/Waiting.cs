using System.Diagnostics;

namespace Sideband.Cli.Tests;

/// <summary>Waits for what another process does.</summary>
internal static class Waiting
{
    /// <exception cref="TimeoutException">It did not happen within two minutes.</exception>
    public static void Until(Func<bool> happened, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!happened())
        {
            if (clock.Elapsed > TimeSpan.FromMinutes(2))
            {
                throw new TimeoutException($"waited in vain for {what}");
            }

            Thread.Sleep(5);
        }
    }
}

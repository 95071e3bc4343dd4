using System.Diagnostics;

namespace Sideband.Cli.Tests;

/// <summary>Opens a page in headless Chromium, cut off from every network, and gives what the page has become.</summary>
internal static class Chromium
{
    // A limit against hanging, far beyond the seconds that it takes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string? Program = new[] { "chromium", "chromium-browser", "google-chrome" }
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Skips the test, with a message, where there is no browser.</summary>
    public static void Need() =>
        Assert.SkipUnless(Program is not null, "no Chromium on this machine (apt-get install chromium): the report is not opened");

    /// <summary>Opens a page; see <see cref="Need"/>.</summary>
    /// <param name="page">An HTML file. A script is put at its head that counts requests, violations of its policy and errors.</param>
    /// <param name="hash">What stands behind # in the address.</param>
    /// <param name="folder">Where the changed page and the browser's profile may lie.</param>
    public static OpenedPage Open(string page, string hash, string folder)
    {
        Need();
        const string watch = """
            <script>
            window.trouble = [];
            addEventListener("error", event => trouble.push("error: " + event.message));
            addEventListener("unhandledrejection", event => trouble.push("rejection: " + event.reason));
            addEventListener("securitypolicyviolation", event => trouble.push("policy: " + event.blockedURI));
            window.alert = text => trouble.push("alert: " + text);
            setInterval(() => {
              document.documentElement.dataset.requests = performance.getEntriesByType("resource").length;
              document.documentElement.dataset.trouble = trouble.join("; ");
            }, 100);
            </script>
            """;
        var opened = Path.Combine(folder, "opened.html");
        File.WriteAllText(opened, File.ReadAllText(page).Replace("<title>", watch + "<title>", StringComparison.Ordinal));
        var start = new ProcessStartInfo(Program!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr",
            "--window-size=1400,900", "--virtual-time-budget=6000",
            "--user-data-dir=" + Path.Combine(folder, "profile"), "--dump-dom", new Uri(opened).AbsoluteUri + hash,
        ])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"Chromium did not end within {Patience}");
        }

        return new OpenedPage(
            output.GetAwaiter().GetResult(),
            [.. error.GetAwaiter().GetResult().Split('\n').Where(line => line.Contains(":CONSOLE", StringComparison.Ordinal))]);
    }
}

/// <summary>A page after its scripts have run.</summary>
/// <param name="Dom">Its elements, as HTML.</param>
/// <param name="Console">Lines that it wrote to the browser's console.</param>
internal sealed record OpenedPage(string Dom, IReadOnlyList<string> Console)
{
    /// <summary>Nothing went wrong: no message on the console, no error, no request, no violation of the page's policy.</summary>
    public void ShouldBeQuiet()
    {
        Console.ShouldBeEmpty();
        Dom.ShouldContain("data-requests=\"0\"");
        Dom.ShouldContain("data-trouble=\"\"");
    }
}

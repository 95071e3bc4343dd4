using System.Diagnostics;

namespace Sideband.Cli.Tests;

/// <summary>
/// Small tables that must not fool a search, made by the shared script: the right answer, a clear error, or a claim that is withheld.
/// <c>validation/cases</c> runs them and <c>validation/claims/cases.py</c> says what must come of each.
/// </summary>
public sealed class CaseTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_table_of_each_kind_gives_what_it_must() => Judge("few");

    [Fact]
    [Trait("Category", "Long")]
    public void Every_table_gives_what_it_must_with_every_method() => Judge("");

    private void Judge(string profile)
    {
        Assert.SkipUnless(File.Exists(Repository.PathOf("../shared/cases/make_cases.py")), "../shared/cases is not there");
        Assert.SkipUnless(HasNumpy(), "python3 has no numpy (apt-get install python3-numpy): the tables cannot be made");
        var (code, output) = Run("/bin/bash", Repository.PathOf("validation/cases"), profile);
        code.ShouldBe(0, output);
        output.ShouldContain("claim holds: ");
    }

    private bool HasNumpy() => File.Exists(Python) && Run(Python, "-c", "import numpy").Code == 0;

    private (int Code, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SIDEBAND"] = $"dotnet {Cli.Program}";
        start.Environment["SIDEBAND_RUNS"] = _folder.PathOf("runs");
        start.Environment["SIDEBAND_RESULTS"] = _folder.PathOf("results");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }
}

using System.Diagnostics;

namespace Sideband.Cli.Tests;

/// <summary>The Python package, by its own tests: each file of python/tests is run by Debian's python3 against the built program.</summary>
public sealed class PythonTests
{
    [Theory]
    [InlineData("test_scan")]
    [InlineData("test_load")]
    [InlineData("test_errors")]
    [InlineData("test_continuations")]
    [InlineData("test_wheel")]
    public void The_package(string module)
    {
        Assert.SkipUnless(Python.Has("numpy"), "python3 with numpy is not there (apt-get install python3-numpy)");
        var tests = Repository.PathOf("python/tests");
        File.Exists(Path.Combine(tests, module + ".py")).ShouldBeTrue();
        var (code, output) = Python.Run(tests, "-W", "error::ResourceWarning", "-m", "unittest", module);
        code.ShouldBe(0, output);
        output.ShouldMatch("Ran [1-9][0-9]* tests? in ");
    }

    [Fact]
    public void Every_file_of_tests_is_among_them()
    {
        var named = typeof(PythonTests).GetMethod(nameof(The_package))!.GetCustomAttributes(typeof(InlineDataAttribute), false)
            .Cast<InlineDataAttribute>().Select(data => (string)data.Data[0]!);
        Directory.GetFiles(Repository.PathOf("python/tests"), "test_*.py").Select(Path.GetFileNameWithoutExtension)
            .ShouldBe(named, ignoreOrder: true);
    }
}

/// <summary>Debian's python3, with the package of this checkout and the built program.</summary>
internal static class Python
{
    public const string Program = "/usr/bin/python3";

    /// <summary>Whether a module can be imported.</summary>
    public static bool Has(string module) => File.Exists(Program) && Run(Path.GetTempPath(), "-c", "import " + module).Code == 0;

    /// <summary>Runs to the end in a folder; both outputs, one behind the other.</summary>
    public static (int Code, string Output) Run(string folder, params string[] arguments) => Run(Start(folder, arguments));

    /// <summary>Runs to the end.</summary>
    public static (int Code, string Output) Run(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }

    /// <summary>What runs in a folder, with package and program to be found, and leaves nothing in the checkout.</summary>
    public static ProcessStartInfo Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["PYTHONPATH"] = Repository.PathOf("python");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment["SIDEBAND_PROGRAM"] = Cli.Program;
        start.Environment.Remove("SIDEBAND_DEBUG");
        return start;
    }
}

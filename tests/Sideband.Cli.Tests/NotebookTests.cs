using System.Text.Json.Nodes;

namespace Sideband.Cli.Tests;

/// <summary>
/// The notebooks of the documentation run from top to bottom in an empty folder, and the tables that they show are those that they gave.
/// <c>SIDEBAND_RENEW_NOTEBOOKS=1</c> writes them anew, with all that they show.
/// </summary>
public sealed class NotebookTests : IDisposable
{
    private const string Notebooks = "docs/notebooks";
    private const string RenewVariable = "SIDEBAND_RENEW_NOTEBOOKS";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("first-search")]
    [InlineData("from-a-root-file")]
    public void A_notebook_runs_and_shows_what_it_showed(string name)
    {
        foreach (var module in new[] { "nbconvert", "ipykernel", "pandas", "matplotlib" })
        {
            Assert.SkipUnless(Python.Has(module), $"python3 with {module} is not there (./test --install)");
        }

        var committed = Repository.PathOf($"{Notebooks}/{name}.ipynb");
        File.Copy(committed, _folder.PathOf(name + ".ipynb"));
        File.Copy(Repository.PathOf(Notebooks + "/dijets.root"), _folder.PathOf("dijets.root"));
        var start = Python.Start(
            _folder.Root, "-m", "nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.record_timing=False",
            "--output", "executed.ipynb", name + ".ipynb");
        foreach (var variable in new[] { "HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR" })
        {
            start.Environment[variable] = _folder.Root;
        }

        var (code, output) = Python.Run(start);
        code.ShouldBe(0, output);
        if (Environment.GetEnvironmentVariable(RenewVariable) == "1")
        {
            File.Copy(_folder.PathOf("executed.ipynb"), committed, overwrite: true);
        }

        Shown(_folder.PathOf("executed.ipynb")).ShouldBe(
            Shown(committed), $"{name}.ipynb shows other numbers; where that is right, {RenewVariable}=1 writes it anew");
    }

    [Fact]
    public void Every_notebook_is_among_them() =>
        Directory.GetFiles(Repository.PathOf(Notebooks), "*.ipynb").Select(Path.GetFileNameWithoutExtension)
            .ShouldBe(["first-search", "from-a-root-file"], ignoreOrder: true);

    // The values of cells, as text; pictures and progress differ from machine to machine.
    private static string[] Shown(string path) =>
    [
        .. from cell in JsonNode.Parse(File.ReadAllText(path))!["cells"]!.AsArray()
           from output in cell!["outputs"] as JsonArray ?? []
           where (string?)output!["output_type"] == "execute_result"
           select string.Concat(output["data"]!["text/plain"]!.AsArray().Select(line => (string?)line)),
    ];
}

using System.Text.Json;

namespace Sideband.Learning.Tests.Networks;

/// <summary>Numbers that the scripts in tests/Reference/networks made.</summary>
internal static class NetworkReference
{
    public static JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository(), "tests", "Reference", "networks", file))).RootElement;

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sideband.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not inside of the repository");
        }

        return folder;
    }
}

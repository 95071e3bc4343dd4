using Sideband.Events.Readers.Root.Tuples;

namespace Sideband.Events.Readers.Root;

/// <summary>Chooses one of a ROOT file's tables: trees (TTree, TNtuple) and RNTuples.</summary>
internal static class RootTables
{
    private const string TupleClass = "ROOT::RNTuple";
    private const int MostShown = 10;

    /// <param name="path">The file.</param>
    /// <param name="name">Path of a table in it, <c>NAME;CYCLE</c> for an older version; null where there is one alone.</param>
    /// <exception cref="InputDataException">Not ROOT; damaged; no such table, or several.</exception>
    public static TabularFile Open(string path, string? name)
    {
        var file = new RootFile(path);
        try
        {
            var (found, key) = Choose(file, name);
            return key.ClassName == TupleClass ? new TupleTable(path, file, found, key) : new RootTable(path, file, found, key);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static bool IsTable(RootKey key) => key.ClassName == TupleClass || RootTree.Classes.Contains(key.ClassName);

    private static (string Path, RootKey Key) Choose(RootFile file, string? name)
    {
        var all = file.Objects();
        var objects = all.DistinctBy(item => item.Path).OrderBy(item => item.Key.Seek).ToList();
        var trees = objects.Where(item => IsTable(item.Key)).ToList();
        var names = string.Join(", ", trees.Select(tree => tree.Path));
        if (name is null)
        {
            return trees.Count switch
            {
                1 => trees[0],
                0 => throw new InputDataException($"{file.Name}: holds no tree (it holds {Shown(objects)})"),
                _ => throw new InputDataException(
                    $"{file.Name}: holds {trees.Count} trees ({names}); choose one with {file.Name}:{trees[0].Path}"),
            };
        }

        var wanted = name.Trim('/');
        var found = objects.Concat(all.Select(item => (Path: $"{item.Path};{item.Key.Cycle}", item.Key)))
            .Where(item => item.Path == wanted)
            .Select(item => ((string Path, RootKey Key)?)item)
            .FirstOrDefault()
            ?? throw new InputDataException(
                $"{file.Name}: no tree '{name}'{NearestName.Hint(wanted, [.. trees.Select(tree => tree.Path)])} (trees: {names})");
        return IsTable(found.Key) ? found
            : throw new InputDataException($"{file.Name}: '{name}' is a {found.Key.ClassName}, not a tree (trees: {names})");
    }

    private static string Shown(List<(string Path, RootKey Key)> objects) => objects.Count == 0
        ? "nothing"
        : string.Join(", ", objects.Take(MostShown).Select(item => $"{item.Path} ({item.Key.ClassName})"));
}

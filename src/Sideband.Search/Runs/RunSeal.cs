using System.Text;
using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Numerics;
using Sideband.Search.Results.Files;

namespace Sideband.Search.Runs;

/// <summary>
/// seal.json: one digest that ties together settings, inputs, units, summaries, scores and results of a finished search. It is written last
/// and removed before anything that it covers is written again, so that it never speaks of files that are not there yet. It guards against
/// accidents, mixed directories and edits; who edits a file and makes a new seal is not kept from it.
/// </summary>
public static class RunSeal
{
    public const string SchemaName = "sideband.seal/1";

    /// <summary>Seals what lies in the directory.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="units">The units that the results were made of.</param>
    /// <returns>The digest.</returns>
    /// <exception cref="OutputException">The seal cannot be written.</exception>
    public static string Write(RunDirectory directory, IReadOnlyList<SealedUnit> units)
    {
        SealedFile[] files =
        [
            .. directory.SealedParts().Select(part => new SealedFile(part, FileHash.Of(Path.Combine(directory.Root, part)))),
        ];
        var digest = DigestOf(files, units);
        JsonFile.Write(directory.SealFile, new Content(SchemaName, digest, files, units));
        return digest;
    }

    /// <summary>Takes the seal off, before sealed files are written again.</summary>
    /// <exception cref="OutputException">It cannot be removed.</exception>
    public static void Break(RunDirectory directory) => AtomicFile.Delete(directory.SealFile);

    /// <summary>
    /// Refuses a run directory whose parts were edited or belong to different searches. Where the search is not finished there is no seal
    /// yet, and what is read then is checked where it is read: settings and inputs by <see cref="FrozenInputs"/>, units by the store.
    /// </summary>
    /// <exception cref="InputDataException">A part is not what was sealed; it is named, with what to do.</exception>
    public static void Check(RunDirectory directory)
    {
        if (!File.Exists(directory.SealFile))
        {
            return;
        }

        foreach (var file in Read(directory).Files)
        {
            if (StateOf(directory, file) == PartState.Changed)
            {
                throw new InputDataException(
                    $"{directory.Root}: {file.Path} is not the file that the search wrote: it was edited, or is another search's; "
                    + directory.CureOf(file.Path));
            }
        }
    }

    /// <summary>For commands that read results: <see cref="Check"/>, and there must be a seal.</summary>
    /// <inheritdoc cref="Check"/>
    public static void Require(RunDirectory directory)
    {
        Check(directory);
        if (!File.Exists(directory.SealFile))
        {
            throw new InputDataException($"{directory.Root}: results without {Path.GetFileName(directory.SealFile)}, so that nothing tells "
                + $"whether they are whole; 'sideband collect {directory.Root}' writes both from the finished units");
        }
    }

    /// <summary>Changes sealed files of a finished run: checks it, breaks the seal, writes, and seals again.</summary>
    /// <param name="directory">A finished run.</param>
    /// <param name="write">Writes files of the run.</param>
    /// <inheritdoc cref="Check"/>
    public static void Change(RunDirectory directory, Action write)
    {
        Require(directory);
        var units = Read(directory).Units;
        Break(directory);
        write();
        Write(directory, units);
    }

    /// <summary>The digest of a sealed run; null where there is no seal.</summary>
    /// <exception cref="InputDataException">The seal was edited.</exception>
    public static string? DigestOf(RunDirectory directory) => File.Exists(directory.SealFile) ? Read(directory).Digest : null;

    /// <summary>The JSON Schema of seal.json, published as schema/sideband.seal.json.</summary>
    public static string Schema() => JsonFile.Schema<Content>(SchemaName, "seal.json of a finished search, schema " + SchemaName);

    /// <exception cref="InputDataException">The seal was edited.</exception>
    internal static Content Read(RunDirectory directory)
    {
        var seal = JsonFile.Read<Content>(directory.SealFile, SchemaName, "the seal of a run");
        return seal.Digest == DigestOf(seal.Files, seal.Units)
            ? seal
            : throw new InputDataException($"{directory.SealFile}: was edited (its digest is not that of its entries); "
                + directory.CureOf(Path.GetFileName(directory.SealFile)));
    }

    /// <summary>What became of a sealed file.</summary>
    /// <exception cref="InputDataException">It cannot be read.</exception>
    internal static PartState StateOf(RunDirectory directory, SealedFile file)
    {
        var path = Path.Combine(directory.Root, file.Path);
        return !File.Exists(path) ? PartState.Missing : FileHash.Of(path) == file.Sha256 ? PartState.AsWritten : PartState.Changed;
    }

    private static string DigestOf(IEnumerable<SealedFile> files, IEnumerable<SealedUnit> units)
    {
        var text = string.Concat(files.Select(file => $"file {file.Sha256} {file.Path}\n"))
            + string.Concat(units.Select(unit => $"unit {unit.Sha256} {unit.Key} {unit.Name}\n"));
        return Convert.ToHexStringLower(PortableSha256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <param name="Schema">"sideband.seal/1".</param>
    /// <param name="Digest">SHA-256 over all entries.</param>
    /// <param name="Files">Below the run directory, with '/' between names.</param>
    /// <param name="Units">In plan order.</param>
    internal sealed record Content(string Schema, string Digest, IReadOnlyList<SealedFile> Files, IReadOnlyList<SealedUnit> Units);

    internal sealed record SealedFile(string Path, string Sha256);
}

/// <summary>A unit that results were made of.</summary>
/// <param name="Name">As progress calls it.</param>
/// <param name="Key">By which the store finds it.</param>
/// <param name="Sha256">Hash of its packed product.</param>
public sealed record SealedUnit(string Name, string Key, string Sha256);

/// <summary>What became of a sealed file.</summary>
internal enum PartState
{
    AsWritten,
    Missing,
    Changed,
}

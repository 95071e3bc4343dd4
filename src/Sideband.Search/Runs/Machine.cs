using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sideband.Search.Runs;

/// <summary>What a machine offers to a search.</summary>
public static class Machine
{
    /// <summary>Item and finding, one line each.</summary>
    public static IEnumerable<(string Item, string Found)> Describe()
    {
        var (version, commit) = Provenance.VersionAndCommit();
        yield return ("sideband", commit is null ? version : $"{version} ({commit[..Math.Min(10, commit.Length)]})");
        yield return ("runtime", RuntimeInformation.FrameworkDescription);
        yield return ("processor", Provenance.Processor());
        yield return ("cores", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30);
        yield return ("memory", string.Create(CultureInfo.InvariantCulture, $"{memory} GiB"));
        yield return ("vectors", Vectors());
        string[] batch = [.. BatchSystems()];
        yield return ("batch system", batch.Length == 0 ? "none found" : string.Join(", ", batch));
    }

    /// <summary>Names of the batch systems that units can be given to from here.</summary>
    public static IEnumerable<string> BatchSystems() =>
        new[] { (Name: "Slurm", Program: "sbatch"), (Name: "HTCondor", Program: "condor_submit") }
            .Where(system => OnPath(system.Program))
            .Select(system => system.Name);

    /// <summary>True where a program of this name can be started.</summary>
    public static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string Vectors() =>
        Vector512.IsHardwareAccelerated ? "512 bits (AVX-512)"
        : Avx2.IsSupported && Fma.IsSupported ? "256 bits (AVX2, FMA)"
        : "narrower than 256 bits: results are not promised to be identical to other machines'";
}

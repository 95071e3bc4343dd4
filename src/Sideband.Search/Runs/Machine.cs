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
        yield return ("batch system", OnPath("sbatch") ? "Slurm" : "none found");
    }

    private static string Vectors() =>
        Vector512.IsHardwareAccelerated ? "512 bits (AVX-512)"
        : Avx2.IsSupported && Fma.IsSupported ? "256 bits (AVX2, FMA)"
        : "narrower than 256 bits: results are not promised to be identical to other machines'";

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}

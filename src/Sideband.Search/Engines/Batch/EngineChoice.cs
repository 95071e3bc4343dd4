using System.Globalization;
using Sideband.Events;

namespace Sideband.Search.Engines.Batch;

/// <summary>Where units run, as it was asked for.</summary>
/// <param name="Name">One of <see cref="Names"/>.</param>
/// <param name="Partition">Slurm's; null: the cluster's default.</param>
/// <param name="Account">Slurm's account, HTCondor's accounting group; null: the default.</param>
/// <param name="Time">The time limit of a task; null: the partition's.</param>
/// <param name="Memory">Memory of a task with its unit, as the batch system writes it; null: the cluster's default.</param>
/// <param name="Cpus">Cores of a task, from 1.</param>
/// <param name="Pack">Expected length of a task; null: 40 minutes, less where every core would not get two.</param>
public sealed record EngineChoice(
    string Name, string? Partition, string? Account, TimeSpan? Time, string? Memory, int Cpus, TimeSpan? Pack)
{
    public const string Local = "local", Slurm = "slurm", HtCondor = "htcondor";

    private static readonly Dictionary<string, string[]> Keys = new()
    {
        [Local] = [],
        [Slurm] = ["partition", "account", "time", "mem", "cpus", "pack"],
        [HtCondor] = ["account", "mem", "cpus", "pack"],
    };

    public static IReadOnlyList<string> Names { get; } = [Local, Slurm, HtCondor];

    /// <summary>This machine.</summary>
    public static EngineChoice Default { get; } = new(Local, null, null, null, null, 1, null);

    /// <param name="name">The engine; null: local.</param>
    /// <param name="options">KEY=VALUE each.</param>
    /// <exception cref="ConfigurationException">An engine, key or value that is not allowed.</exception>
    public static EngineChoice Parse(string? name, IReadOnlyList<string> options)
    {
        var choice = Default with { Name = name ?? Local };
        if (!Keys.TryGetValue(choice.Name, out var allowed))
        {
            throw new ConfigurationException(
                $"--engine: '{name}' is not allowed; allowed: {string.Join(", ", Names)}{NearestName.Hint(name!, Names)}");
        }

        foreach (var option in options)
        {
            var (key, value) = option.Split('=', 2) is [var before, { Length: > 0 } behind] ? (before, behind)
                : throw new ConfigurationException($"--engine-option: '{option}' is not allowed; allowed: KEY=VALUE");
            if (!allowed.Contains(key))
            {
                throw new ConfigurationException($"--engine-option: engine '{choice.Name}' has no '{key}'; allowed: "
                    + (allowed.Length == 0 ? "none, it runs here" : string.Join(", ", allowed)) + NearestName.Hint(key, allowed));
            }

            choice = choice.With(key, value);
        }

        return choice;
    }

    private EngineChoice With(string key, string value) => key switch
    {
        "partition" => this with { Partition = Word(key, value) },
        "account" => this with { Account = Word(key, value) },
        "mem" => this with { Memory = OfMemory(value) },
        "time" => this with { Time = OfTime(value) },
        "cpus" => this with { Cpus = Whole(value) is >= 1 and <= 1024 and var cpus ? cpus : throw Refused(key, value, "1 to 1024") },
        _ => this with
        {
            Pack = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes)
                && minutes is > 0 and <= 10_000
                ? TimeSpan.FromMinutes(minutes)
                : throw Refused(key, value, "minutes above 0"),
        },
    };

    // It stands in command lines and submit files.
    private static string Word(string key, string value) =>
        value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ',' or '+' or '@') && value[0] != '-'
            ? value
            : throw Refused(key, value, "letters, digits and -_.,+@");

    private static string OfMemory(string value) =>
        Whole(value.TrimEnd('K', 'M', 'G', 'T')) is > 0 && value.Count(char.IsAsciiLetter) <= 1
            ? value
            : throw Refused("mem", value, "a whole number with K, M, G or T, for example 4G");

    // MINUTES, HOURS:MINUTES:SECONDS or DAYS-HOURS:MINUTES:SECONDS, as Slurm has them.
    private static TimeSpan OfTime(string value)
    {
        var days = value.Split('-');
        var parts = days[^1].Split(':').Select(Whole).ToArray();
        var time = (days.Length, parts) switch
        {
            (1, [{ } minutes]) => TimeSpan.FromMinutes(minutes),
            (1, [{ } hours, { } minutes, { } seconds]) => new TimeSpan(hours, minutes, seconds),
            (2, [{ } hours, { } minutes, { } seconds]) when Whole(days[0]) is { } number => new TimeSpan(number, hours, minutes, seconds),
            _ => TimeSpan.Zero,
        };
        return time >= TimeSpan.FromMinutes(1) && time <= TimeSpan.FromDays(365)
            ? time
            : throw Refused("time", value, "minutes, HH:MM:SS or D-HH:MM:SS, from a minute");
    }

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 10_000_000 ? number : null;

    private static ConfigurationException Refused(string key, string value, string allowed) =>
        new($"--engine-option {key}: '{value}' is not allowed; allowed: {allowed}");
}

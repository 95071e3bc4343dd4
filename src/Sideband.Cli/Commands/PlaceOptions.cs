using System.CommandLine;
using Sideband.Search.Engines;
using Sideband.Search.Engines.Batch;

namespace Sideband.Cli.Commands;

/// <summary>Where units run, and how much memory they may take here: options of the commands that have units done.</summary>
internal sealed class PlaceOptions
{
    private readonly Option<string?> _memory = SharedOptions.Memory();

    private readonly Option<string?> _engine = new("--engine")
    {
        HelpName = string.Join('|', EngineChoice.Names),
        Description = "Where units run: here, or on a batch system [default: local]",
    };

    private readonly Option<string[]> _engineOptions = new("--engine-option")
    {
        HelpName = "KEY=VALUE",
        Description = "For a batch system: partition, account, time, mem, cpus, pack; may be repeated",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Adds them to a command.</summary>
    public PlaceOptions(Command command)
    {
        _engine.CompletionSources.Add([.. EngineChoice.Names]);
        command.Options.Add(_memory);
        command.Options.Add(_engine);
        command.Options.Add(_engineOptions);
    }

    /// <exception cref="Events.ConfigurationException">No such engine, option or size, or a size for units that run elsewhere.</exception>
    public (EngineChoice Engine, MemoryLimit? Memory) Read(ParseResult parsed)
    {
        var engine = EngineChoice.Parse(parsed.GetValue(_engine), parsed.GetValue(_engineOptions) ?? []);
        return (engine, MemoryLimit.Parse(parsed.GetValue(_memory), engine.Name));
    }
}

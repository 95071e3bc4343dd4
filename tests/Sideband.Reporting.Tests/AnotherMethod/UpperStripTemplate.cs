using System.Globalization;
using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Templates;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Reporting.Tests.AnotherMethod;

/// <summary>
/// A method that the program does not know: the strip above the window stands for the background, each of its events with a weight that a
/// stage finds.
/// </summary>
internal sealed class UpperStripTemplate : ITemplateMethod
{
    private static readonly MethodOption Width = new(
        "strip_width",
        "WIDTH",
        "Width of the strip above the window [default: 0.5]",
        text => NumberList.Format([NumberList.ParseOne("strip_width", text, value => value > 0, "a number above 0")]),
        _ => "0.5");

    public string Name => "upper_strip";

    public MethodTraits Traits { get; } = new() { DefaultSystematics = "mc", RepeatableOnPseudoData = true };

    public IReadOnlyList<MethodOption> Options { get; } = [Width];

    public IReadOnlyList<IStage> Stages { get; } = [new StripStage()];

    public StageReads PreparationReads { get; } = StageReads.Searched.Option<StripOptions>().Option<ClassifierOptions>().Stage("strip");

    public IReadOnlyList<object> Configure(OptionValues values) =>
        [new StripOptions(double.Parse(values[Width], CultureInfo.InvariantCulture))];

    public TemplateSize Size(IEventCounts counts, MassWindow window, IOptionSource options) =>
        new(counts.In(InputRole.Searched, StripOf(window, options.Option<StripOptions>())));

    public PreparedSample Prepare(IStageInputs inputs)
    {
        var weight = inputs.Product<StripProduct>("strip").Weight;
        var data = inputs.Events(InputRole.Searched);
        var strip = data.Select(data.IndicesIn(StripOf(inputs.Window, inputs.Option<StripOptions>())));
        return PreparedSamples.Given(inputs, strip.Scaled(weight));
    }

    private static MassInterval StripOf(MassWindow window, StripOptions options) =>
        new(window.SignalRegion.High, window.SignalRegion.High + options.Width);

    /// <summary>The method's options.</summary>
    private sealed record StripOptions(double Width);

    /// <summary>Finds the weight with which the strip has as many events as the window, times a random number near 1.</summary>
    private sealed class StripStage : IStage
    {
        public string Name => "strip";

        public StageReads Reads { get; } = StageReads.Searched.Option<StripOptions>();

        public IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation)
        {
            var data = inputs.Events(InputRole.Searched);
            var strip = data.IndicesIn(StripOf(inputs.Window, inputs.Option<StripOptions>())).Length;
            return new StripProduct((1 + (0.01 * inputs.Stream("strip").NextDouble())) * inputs.Region().Count / strip);
        }

        public IStageProduct Unpack(NpzFile file) => new StripProduct(file.Read<double>("weight")[0]);

        public double Cost(TemplateSize size, int events, IOptionSource options) => 0.001;
    }

    private sealed record StripProduct(double Weight) : IStageProduct
    {
        public void Pack(NpzWriter archive) => archive.Add<double>("weight", [Weight]);
    }
}

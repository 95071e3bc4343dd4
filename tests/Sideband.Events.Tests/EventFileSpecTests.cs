using FsCheck;
using FsCheck.Fluent;

namespace Sideband.Events.Tests;

public class EventFileSpecTests
{
    [Theory]
    [InlineData("qcd.h5", 0L, null)]
    [InlineData("qcd.h5[0:500000]", 0L, 500000L)]
    [InlineData("a[1]/qcd.h5[ 7 : ]", 7L, null)]
    [InlineData("qcd.h5[:12]", 0L, 12L)]
    [InlineData("qcd.h5[:]", 0L, null)]
    public void A_row_range_follows_the_name(string text, long start, long? end)
    {
        var spec = EventFileSpec.Parse(text);
        spec.ShouldBe(new EventFileSpec(text[..text.IndexOf(".h5", StringComparison.Ordinal)] + ".h5", start, end));
    }

    [Theory]
    [InlineData("qcd.h5[5]")]
    [InlineData("qcd.h5[-1:5]")]
    [InlineData("qcd.h5[1:5:2]")]
    [InlineData("qcd.h5[a:b]")]
    [InlineData("qcd.h5]")]
    [InlineData("[1:2]")]
    [InlineData("qcd.h5[1:99999999999999999999]")]
    [InlineData("")]
    public void A_malformed_range_is_a_usage_error(string text) => Should.Throw<ConfigurationException>(() => EventFileSpec.Parse(text));

    [Theory]
    [InlineData("qcd.h5[5:5]")]
    [InlineData("qcd.h5[5:2]")]
    public void An_empty_range_is_a_usage_error(string text) => Should.Throw<ConfigurationException>(() => EventFileSpec.Parse(text))
        .Message.ShouldBe($"'{text}': the row range holds no row; it is half-open, [first:after_last]");

    [Theory]
    [InlineData("qcd.h5[0:61]")]
    [InlineData("qcd.h5[60:]")]
    public void A_range_beyond_the_file_is_a_usage_error(string text) =>
        Should.Throw<ConfigurationException>(() => EventFileSpec.Parse(text).EndIn(60))
            .Message.ShouldBe($"'{text}': the row range goes beyond the file, which has 60 rows");

    [Fact]
    public void The_text_form_reads_back() => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true),
        Prop.ForAll(
            Gen.Choose(0, 5).Two().Select(pair => new EventFileSpec("x.csv", pair.Item1, pair.Item2 == 0 ? null : pair.Item1 + pair.Item2))
                .ToArbitrary(),
            spec => EventFileSpec.Parse(spec.ToString()) == spec));
}

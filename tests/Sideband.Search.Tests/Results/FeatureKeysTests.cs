using Sideband.Search.Results;

namespace Sideband.Search.Tests.Results;

public class FeatureKeysTests
{
    private static readonly string[] Parts =
        ["edges", "data", "template", "template_w2", "passing", "template_passing", "template_passing_w2"];

    [Theory]
    [InlineData("x", "y")]
    [InlineData("x", "x_template")]
    [InlineData("x_template", "x")]
    [InlineData("x", "x_template", "x_template'")]
    [InlineData("x", "x_template", "x_template_template")]
    public void No_two_arrays_have_one_name(params string[] features)
    {
        var keys = FeatureKeys.Of(features);
        string[] names = [.. keys.SelectMany(key => Parts.Select(part => FeatureKeys.Array(key, part)))];
        names.Distinct().Count().ShouldBe(names.Length);
        keys.Zip(features).ShouldAllBe(pair => pair.First.StartsWith(pair.Second, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_that_are_apart_stay_as_they_are() => FeatureKeys.Of(["mj1", "delta_mj"]).ShouldBe(["mj1", "delta_mj"]);
}

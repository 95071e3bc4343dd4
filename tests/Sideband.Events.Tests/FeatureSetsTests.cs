namespace Sideband.Events.Tests;

public class FeatureSetsTests
{
    [Fact]
    public void Sets_and_features_mix_in_a_list()
    {
        FeatureSets.Resolve("baseline").ShouldBe(["mj1", "delta_mj", "tau21_j1", "tau21_j2"]);
        FeatureSets.Resolve("baseline+delta_r").ShouldBe(["mj1", "delta_mj", "tau21_j1", "tau21_j2", "delta_r"]);
        FeatureSets.Resolve("shifted").ShouldBe(["mj1_shifted", "delta_mj_shifted", "tau21_j1", "tau21_j2"]);
        FeatureSets.Resolve("baseline, tau32_j1").ShouldBe(["mj1", "delta_mj", "tau21_j1", "tau21_j2", "tau32_j1"]);
    }

    [Fact]
    public void A_column_that_is_called_like_a_set_stands_between_quotes()
    {
        FeatureSets.Resolve("\"baseline\", shifted").ShouldBe(["baseline", "mj1_shifted", "delta_mj_shifted", "tau21_j1", "tau21_j2"]);
        string[] columns = ["baseline", "x", "shifted", "a, b"];
        FeatureSets.Join(columns).ShouldBe("\"baseline\",x,\"shifted\",\"a, b\"");
        FeatureSets.Resolve(FeatureSets.Join(columns)).ShouldBe(columns);
    }

    [Theory]
    [InlineData("baseline,shifted", "tau21_j1", "baseline, shifted", "baseline")]
    [InlineData("delta_r,baseline+delta_r", "delta_r", "baseline+delta_r", "baseline+delta_r")]
    public void What_a_set_gives_once_more_names_the_set(string list, string feature, string sets, string first) =>
        Should.Throw<ConfigurationException>(() => FeatureSets.Resolve(list)).Message.ShouldBe(
            $"features: '{feature}' is given 2 times (sets that hold it: {sets}; "
            + $"a column that is called like a set stands between double quotes: \"{first}\")");

    [Theory]
    [InlineData("")]
    [InlineData("mj1,,x")]
    public void An_empty_name_is_a_usage_error(string list) => Should.Throw<ConfigurationException>(() => FeatureSets.Resolve(list));
}

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

    [Theory]
    [InlineData("")]
    [InlineData("mj1,,x")]
    public void An_empty_name_is_a_usage_error(string list) => Should.Throw<ConfigurationException>(() => FeatureSets.Resolve(list));
}

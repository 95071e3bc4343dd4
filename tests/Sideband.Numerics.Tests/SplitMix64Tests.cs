namespace Sideband.Numerics.Tests;

public class SplitMix64Tests
{
    /// <summary>The first numbers of the published generator with the seed 0.</summary>
    [Fact]
    public void The_numbers_are_those_of_the_published_generator()
    {
        SplitMix64.Mix(0).ShouldBe(0xE220A8397B1DCDAF);
        SplitMix64.Mix(SplitMix64.Increment).ShouldBe(0x6E789E6AA1B965F4UL);
        SplitMix64.Mix(2 * SplitMix64.Increment).ShouldBe(0x06C45D188009454FUL);
    }
}

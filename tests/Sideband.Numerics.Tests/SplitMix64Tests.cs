namespace Sideband.Numerics.Tests;

public class SplitMix64Tests
{
    /// <summary>The first numbers of the published generator with the seed 0.</summary>
    [Fact]
    public void The_numbers_are_those_of_the_published_generator()
    {
        var state = 0UL;
        foreach (var expected in (ulong[])[0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F])
        {
            SplitMix64.Mix(state).ShouldBe(expected);
            state += SplitMix64.Increment;
        }
    }
}

namespace Sideband.Events.Tests;

public class NearestNameTests
{
    [Theory]
    [InlineData("m_lll", "; did you mean 'm_ll'?")]
    [InlineData("M_LL", "; did you mean 'm_ll'?")]
    [InlineData("m_ll", "")]
    [InlineData("zzzzz", "")]
    public void A_misspelt_name_is_told_the_right_one_and_a_right_one_nothing(string name, string expected) =>
        NearestName.Hint(name, ["pt", "m_ll", "m_l"]).ShouldBe(expected);
}

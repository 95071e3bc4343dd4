namespace Sideband.Events.Tests;

public sealed class ShownTextTests
{
    [Theory]
    [InlineData("mass of jet 1", "mass of jet 1")]
    [InlineData("Δm_J [TeV] 質量 😀", "Δm_J [TeV] 質量 😀")]
    [InlineData("a\u001b[2Jb", "a\\u001B[2Jb")]
    [InlineData("evil\u202etxt.csv", "evil\\u202Etxt.csv")]
    [InlineData("line\u2028and\nline\rand\tmore", "line\\u2028and\\u000Aline\\u000Dand\\u0009more")]
    [InlineData("tag \U000e0041", "tag \\uE0041")]
    [InlineData("", "")]
    public void Nothing_in_a_name_moves_the_cursor_or_turns_the_text(string text, string shown) => ShownText.Of(text).ShouldBe(shown);

    // Not among the cases above: an attribute cannot hold half a pair.
    [Fact]
    public void Half_of_a_pair_is_shown_too() => ShownText.Of("half \ud83d of a pair").ShouldBe("half \\uD83D of a pair");
}

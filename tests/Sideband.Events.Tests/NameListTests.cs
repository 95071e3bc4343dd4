namespace Sideband.Events.Tests;

public class NameListTests
{
    [Theory]
    [InlineData("x,y", "x|y")]
    [InlineData(" x , y ", "x|y")]
    [InlineData("\"pt1, lead\",y", "pt1, lead|y")]
    [InlineData("y, \"a \"\"b\"\", c\" ", "y|a \"b\", c")]
    [InlineData("5\" jet,y", "5\" jet|y")]
    [InlineData("x,,y", "x||y")]
    public void Names_are_separated_by_commas_outside_of_quotes(string text, string names) =>
        string.Join('|', NameList.Split(text)).ShouldBe(names);

    [Fact]
    public void What_was_joined_is_split_again()
    {
        string[] names = ["x", "pt1, lead", "\"q\"", "a \"b\", c", "5\" jet"];
        NameList.Split(NameList.Join(names)).ShouldBe(names);
    }
}

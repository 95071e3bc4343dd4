using Sideband.Events.Readers.Hdf5;

namespace Sideband.Events.Tests.Readers;

/// <summary>Texts as Python's pickle.dumps(value, protocol=0) gives them.</summary>
public class PickledNamesTests
{
    [Theory]
    [InlineData("(lp0\nVpxj1\np1\naVpyj1\np2\na.", "pxj1|pyj1")]
    [InlineData("(lp0\n(I1\n(lp1\nVa\np2\naVb\np3\natp4\na.", "a|b")]
    [InlineData("(lp0\nVa\np1\nag1\na.", "a|a")]
    [InlineData("(lp0\nI0\naI1\na.", "0|1")]
    [InlineData("(lp0\nV\\u0394m \\u005cx\np1\na.", "\u0394m \\x")]
    [InlineData("(lp0\n.", "")]
    public void Lists_of_names_are_read(string pickle, string names) =>
        PickledNames.Parse(pickle).ShouldBe(names.Split('|', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("")]
    [InlineData("N.")]
    [InlineData("(lp0\nVa\np1\na")]
    [InlineData("cos\nsystem\n(Vls\ntR.")]
    public void Anything_else_is_refused(string pickle) => PickledNames.Parse(pickle).ShouldBeNull();
}

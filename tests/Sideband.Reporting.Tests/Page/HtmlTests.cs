using Sideband.Reporting.Page;

namespace Sideband.Reporting.Tests.Page;

public class HtmlTests
{
    private const string Hostile = "</td><script>alert(\"x\")</script>'&]]>";

    [Fact]
    public void Text_in_a_hole_is_encoded_and_markup_is_not()
    {
        var cell = Html.Of($"<td title=\"{Hostile}\">{Hostile}</td>");
        cell.Markup.ShouldBe(
            "<td title=\"&lt;/td&gt;&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#x27;&amp;]]&gt;\">"
            + "&lt;/td&gt;&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#x27;&amp;]]&gt;</td>");
        Html.Of($"<tr>{cell}{new[] { cell, cell }}</tr>").Markup.ShouldBe($"<tr>{cell.Markup}{cell.Markup}{cell.Markup}</tr>");
        System.Net.WebUtility.HtmlDecode(Html.Of($"{Hostile}").Markup).ShouldBe(Hostile);
    }

    [Fact]
    public void Letters_of_any_script_stay_readable() => Html.Of($"ε_B = 10⁻³, Δm, {"√s, ΔR"}").Markup.ShouldBe("ε_B = 10⁻³, Δm, √s, ΔR");

    [Fact]
    public void A_number_keeps_its_digits_and_an_undefined_one_its_reason()
    {
        HtmlTable.Number("windows.1.low", 0.1 + 0.2, "0.3").Markup.ShouldContain("data-value=\"0.30000000000000004\"");
        HtmlTable.Number("windows.1.low", null, "", "too few events").Markup.ShouldContain("data-value=\"\" title=\"too few events\">–<");
    }
}

using Sideband.Search.Inputs;

namespace Sideband.Search.Tests.Inputs;

/// <summary>The built-in example's tables.</summary>
public sealed class BuiltInInputsTests
{
    [Fact]
    public void Every_table_has_its_account()
    {
        var inputs = InputLoader.Load(Toy.Settings(("method", "ideal"), ("mass", "mjj"), ("features", "mj1"), ("mass_range", "3.3:3.7")));
        inputs.Accounts.Select(account => (account.Role, account.Used))
            .ShouldBe(inputs.Tables.Select(table => (table.Key.Name, (long)table.Value.Count)), ignoreOrder: true);
        inputs.Accounts.Select(account => account.Role).ShouldContain("ideal_background");
    }
}

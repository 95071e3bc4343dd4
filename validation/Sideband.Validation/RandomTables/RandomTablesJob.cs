using System.Globalization;
using Sideband.Events.Writers;

namespace Sideband.Validation.RandomTables;

/// <summary>
/// Searches many random tables and says how their significances are distributed. Every table is a file of numbers: what is there is not
/// done again.
/// </summary>
internal static class RandomTablesJob
{
    private static readonly RandomTableRecipe Recipe = new(8000, 0, 4, "quick,width=32,blocks=4,batch=64,trainings=2", 3);

    /// <param name="arguments">tables=N, signal=N, systematics=none|default, folder=DIR, and of the recipe what shall be otherwise.</param>
    public static void Run(ReadOnlySpan<string> arguments)
    {
        var given = new NamedArguments(arguments, ["tables", "signal", "systematics", "methods", "folder", "density", "members", "events"]);
        var tables = given.Whole("tables", 200, 1);
        var recipe = Recipe with
        {
            Signal = given.Whole("signal", 0, 0),
            Density = given.Text("density", Recipe.Density),
            Members = given.Whole("members", Recipe.Members, 1),
            Events = given.Whole("events", Recipe.Events, 1000),
            EstimatesShift = given.Text("systematics", "none") == "default",
            CountsFreshEvents = given.Whole("signal", 0, 0) == 0,
        };
        var folder = Path.Combine(
            given.Text("folder", "runs/validation/random-tables"),
            (recipe.Signal == 0 ? "null" : $"signal-{recipe.Signal}") + (recipe.EstimatesShift ? "-default" : ""));
        var all = recipe.EstimatesShift ? RandomTableRecipe.MethodsWithEstimate : RandomTableRecipe.Methods;
        string[] methods = given.Text("methods", string.Join(',', all)).Split(',');
        Directory.CreateDirectory(folder);
        var numbers = Enumerable.Range(0, tables).SelectMany(table => Numbers(table, methods, recipe, folder)).ToArray();
        Console.WriteLine(
            $"{tables} random tables of {recipe.Events} events, "
            + $"{recipe.Signal} signal events in window {RandomTable.SignalWindow(recipe.Windows)}, "
            + $"{recipe.Windows} windows, eps_B {RandomTableRecipe.WorkingPoints}, "
            + $"{RandomTableRecipe.Folds} folds of {recipe.Members} members, "
            + $"density {recipe.Density}, {(recipe.EstimatesShift ? "default estimates of delta_sys" : "statistical errors")}");
        if (recipe.Signal == 0)
        {
            Row("all", numbers);
            foreach (var group in numbers.GroupBy(number => number.Method).Concat(numbers.GroupBy(number => number.Kind.ToString())))
            {
                Row(group.Key, [.. group]);
            }

            return;
        }

        Planted(numbers);
    }

    private static RandomTableNumber[] Numbers(int table, string[] methods, RandomTableRecipe recipe, string folder)
    {
        string PathOf(string method) => Path.Combine(folder, FormattableString.Invariant($"table-{table:000}.{method}.txt"));

        var work = Path.Combine(folder, FormattableString.Invariant($"work-{table:000}"));
        string[] open = [.. methods.Where(method => !File.Exists(PathOf(method)))];
        if (open.Length > 0 && Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }

        foreach (var method in open)
        {
            var numbers = RandomTableSearch.Of(table, method, recipe, work);
            AtomicFile.Write(PathOf(method), stream =>
            {
                using var writer = new StreamWriter(stream, leaveOpen: true);
                writer.Write(string.Concat(numbers.Select(number => $"{number}\n")));
            });
        }

        if (open.Length > 0)
        {
            Directory.Delete(work, recursive: true);
            Console.Error.WriteLine($"table {table} is done");
        }

        return [.. methods.SelectMany(method => File.ReadLines(PathOf(method))).Select(RandomTableNumber.Parse)];
    }

    private static void Row(string name, RandomTableNumber[] numbers)
    {
        double[] known = [.. numbers.Select(number => number.Significance).OfType<double>()];
        var mean = known.Length > 0 ? known.Average() : 0;
        var width = known.Length > 1 ? Math.Sqrt(known.Sum(s => (s - mean) * (s - mean)) / (known.Length - 1)) : 0;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-14} {known.Length,5} numbers: mean {mean:+0.000;-0.000}, width {width:0.000}, "
            + $"from {known.DefaultIfEmpty(0).Min():+0.00;-0.00} to {known.DefaultIfEmpty(0).Max():+0.00;-0.00}, "
            + $"shift {Shift(numbers):+0.000;-0.000}, "
            + $"above 4: {known.Count(s => Math.Abs(s) > 4)}, above 6: {known.Count(s => Math.Abs(s) > 6)}, "
            + $"undefined {numbers.Length - known.Length}, "
            + $"template_fails {numbers.Count(number => number.State.StartsWith("template_fails", StringComparison.Ordinal))}, "
            + $"negative counts {numbers.Count(number => number.Observed < 0 || number.Expected <= 0)}"));
    }

    private static double Shift(RandomTableNumber[] numbers) =>
        numbers.Select(number => number.Shift).OfType<double>().DefaultIfEmpty(0).Average();

    // The best of a window's working points; where the ideal template reaches 6, what do others reach?
    private static void Planted(RandomTableNumber[] numbers)
    {
        var window = RandomTable.SignalWindow(Recipe.Windows);
        var best = numbers.Where(number => number.Window == window)
            .GroupBy(number => (number.Table, number.Method))
            .ToDictionary(group => group.Key, group => group.Max(number => number.Significance));
        int[] strong = [.. best.Where(entry => entry.Key.Method == "ideal" && entry.Value > 6).Select(entry => entry.Key.Table)];
        foreach (var method in RandomTableRecipe.Methods)
        {
            var found = strong.Count(table => best[(table, method)] > 4);
            Console.WriteLine($"{method,-14} above 4 in {found} of {strong.Length} tables where ideal is above 6");
        }
    }
}

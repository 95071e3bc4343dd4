namespace Sideband.Events.Readers;

/// <summary>The error for a column that is not in a file.</summary>
internal static class MissingColumn
{
    private const int MostNames = 30;

    /// <param name="file">Its name without folder.</param>
    /// <param name="name">What was asked for.</param>
    /// <param name="available">What may be asked for.</param>
    public static InputDataException Error(string file, string name, IEnumerable<string> available)
    {
        var names = available.ToList();
        var list = string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");
        var quotes = names.Any(other => other.Contains(','))
            ? "; in a list a name with a comma stands between double quotes: '\"" + names.First(other => other.Contains(',')) + "\"'"
            : "";
        return new InputDataException($"{file}: no column '{name}'{NearestName.Hint(name, names)} (there are: {list}{quotes})");
    }
}

using Sideband.Reporting.Figures;

namespace Sideband.Reporting.Charts.Svg;

/// <summary>The numbers of one mark; NaN where it has no place.</summary>
/// <param name="Series">Index of its series; 0 where it belongs to none.</param>
/// <param name="Detail">What else its line is told apart by.</param>
internal readonly record struct MarkRow(double X, double X2, double Y, double Y2, int Series, object? Detail)
{
    /// <summary>The rows of a table that a mark draws.</summary>
    public static IEnumerable<MarkRow> Of(Mark mark, Panel panel, FigureTable table, (Facet Facet, string Value)? facet)
    {
        if (mark.IsAnnotation)
        {
            return [new MarkRow(Constant(mark.X), Constant(mark.X2), Constant(mark.Y), Constant(mark.Y2), 0, null)];
        }

        int Index(string column) => ((List<string>)[.. table.Columns]).IndexOf(column);
        var conditions = mark.Where.Select(condition => (Column: Index(condition.Column), Condition: condition)).ToArray();
        var places = ((Place?[])[mark.X, mark.X2, mark.Y, mark.Y2])
            .Select(place => (Place: place, Column: place?.Column is { } column ? Index(column) : -1))
            .ToArray();
        var facetColumn = facet is { } own ? Index(own.Facet.Column) : -1;
        var series = panel.Series is { } named && mark.Colour is null ? named : null;
        var seriesColumn = series is null ? -1 : Index(series.Column);
        List<string> names = [.. series?.Names ?? []];
        var detail = mark.Detail is { } other ? Index(other) : -1;
        return Rows();

        IEnumerable<MarkRow> Rows()
        {
            foreach (var row in table.Rows)
            {
                var shown = (facetColumn < 0 || Equals(row[facetColumn], facet!.Value.Value))
                    && conditions.All(entry => entry.Condition.Holds(row[entry.Column]))
                    && places.All(entry => entry.Column < 0 || double.IsFinite(Number(row[entry.Column])));
                var of = series is null ? 0 : names.IndexOf(row[seriesColumn] as string ?? "");
                if (shown && of >= 0)
                {
                    double At(int place) =>
                        places[place] is { Column: >= 0 and var column } ? Number(row[column]) : Constant(places[place].Place);
                    yield return new MarkRow(At(0), At(1), At(2), At(3), of, detail < 0 ? null : row[detail]);
                }
            }
        }
    }

    private static double Constant(Place? place) => place is { Column: null } ? place.Value : double.NaN;

    private static double Number(object? value) => value switch { double number => number, int whole => whole, _ => double.NaN };
}

namespace Sideband.Events;

/// <summary>How many events met a reason.</summary>
public sealed record ReasonCount(string Reason, long Count);

/// <summary>What became of a file's rows: <see cref="Read"/> = <see cref="Used"/> + all counts of <see cref="Dropped"/>.</summary>
/// <param name="FileName">Name without folder; <c>FILE:OBJECT</c> where an object of it was asked for.</param>
/// <param name="Sha256">Hash of the file's bytes; lower-case hexadecimal.</param>
/// <param name="RowsInFile">Rows of the whole file.</param>
/// <param name="Start">First row read.</param>
/// <param name="End">Row after the last row read.</param>
/// <param name="Used">Events in the table.</param>
/// <param name="Dropped">Events left out, by the first reason that each met.</param>
/// <param name="Repaired">Events that were used with a changed value.</param>
/// <param name="Warnings">One line each, with the file's name.</param>
public sealed record InputAccount(
    string FileName,
    string Sha256,
    long RowsInFile,
    long Start,
    long End,
    long Used,
    IReadOnlyList<ReasonCount> Dropped,
    IReadOnlyList<ReasonCount> Repaired,
    IReadOnlyList<string> Warnings)
{
    /// <summary>Events read.</summary>
    public long Read => End - Start;
}

/// <summary>Events from a file and what became of its rows.</summary>
public sealed record LoadedEvents(EventTable Events, InputAccount Account);

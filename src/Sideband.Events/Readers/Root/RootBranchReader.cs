namespace Sideband.Events.Readers.Root;

/// <summary>Reads consecutive entries of a branch; the basket read last is kept.</summary>
internal sealed class RootBranchReader(RootFile file, RootBranch branch)
{
    private int _basket = -1;
    private byte[] _values = [];

    /// <summary>Copies entries [start, start + count) of some of the branch's numbers.</summary>
    /// <param name="start">First entry.</param>
    /// <param name="count">Entries.</param>
    /// <param name="columns">How each number lies in an entry, at which byte, and where it goes.</param>
    /// <exception cref="InputDataException">A damaged basket.</exception>
    public void Read(long start, int count, IReadOnlyList<(NumberType Number, int Offset, double[] Target)> columns)
    {
        for (var done = 0; done < count;)
        {
            var entry = start + done;
            var basket = Hold(entry);
            var first = (int)(entry - basket.FirstEntry);
            var here = Math.Min(count - done, basket.Entries - first);
            foreach (var (number, offset, target) in columns)
            {
                try
                {
                    number.Extract(_values.AsSpan((first * branch.EntrySize) + offset), branch.EntrySize, target.AsSpan(done, here));
                }
                catch (InvalidDataException error)
                {
                    throw file.Damaged($"branch '{branch.Name}', from entry {entry} on: {error.Message}");
                }
            }

            done += here;
        }
    }

    /// <summary>Unpacks the basket that holds an entry.</summary>
    private RootBasket Hold(long entry)
    {
        var index = _basket;
        if (index < 0
            || entry < branch.Baskets[index].FirstEntry
            || entry >= branch.Baskets[index].FirstEntry + branch.Baskets[index].Entries)
        {
            // Baskets are in order: the last that begins at or before the entry.
            var (low, high) = (0, branch.Baskets.Count - 1);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                (low, high) = branch.Baskets[middle].FirstEntry <= entry ? (middle, high) : (low, middle - 1);
            }

            index = low;
            _values = RootBaskets.Values(file, branch, branch.Baskets[index]);
            _basket = index;
        }

        return branch.Baskets[index];
    }
}

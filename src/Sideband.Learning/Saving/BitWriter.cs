namespace Sideband.Learning.Saving;

/// <summary>Writes numbers of a few bits one after the other, the lowest bit first, and fills up the last byte with zeros.</summary>
internal sealed class BitWriter(BinaryWriter writer)
{
    private int _byte;
    private int _used;

    public void Write(int number, int bits)
    {
        for (var i = 0; i < bits; i++)
        {
            _byte |= (number >> i & 1) << _used;
            if (++_used == 8)
            {
                Flush();
            }
        }
    }

    /// <summary>Ends the last byte.</summary>
    public void Flush()
    {
        if (_used > 0)
        {
            writer.Write((byte)_byte);
            (_byte, _used) = (0, 0);
        }
    }
}

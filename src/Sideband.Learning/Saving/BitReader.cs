namespace Sideband.Learning.Saving;

/// <summary>Reads what <see cref="BitWriter"/> wrote; the payload goes on with the byte after the last one that was begun.</summary>
internal sealed class BitReader(PayloadReader reader)
{
    private int _byte;
    private int _left;

    public int Read(int bits)
    {
        var number = 0;
        for (var i = 0; i < bits; i++)
        {
            if (_left == 0)
            {
                (_byte, _left) = (reader.Byte(), 8);
            }

            number |= (_byte & 1) << i;
            _byte >>= 1;
            _left--;
        }

        return number;
    }
}

using System.Runtime.InteropServices;
using System.Text;
using Sideband.Numerics;

namespace Sideband.Events;

/// <summary>Hash of the events of a table (<see cref="EventTable.Fingerprint"/>).</summary>
internal static class TableFingerprint
{
    public static string Of(EventTable table)
    {
        var hash = new PortableSha256();
        foreach (var name in table.FeatureNames.Prepend(table.MassName))
        {
            hash.Append(Encoding.UTF8.GetBytes(name + "\n"));
        }

        hash.Append(MemoryMarshal.AsBytes(table.Mass));
        foreach (var column in table.Features)
        {
            hash.Append(MemoryMarshal.AsBytes(column.Span));
        }

        hash.Append([table.HasLabels ? (byte)1 : (byte)0, table.HasWeights ? (byte)1 : (byte)0]);
        hash.Append(table.Labels);
        hash.Append(MemoryMarshal.AsBytes(table.Weights));
        var bytes = new byte[PortableSha256.HashSizeInBytes];
        hash.Finish(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}

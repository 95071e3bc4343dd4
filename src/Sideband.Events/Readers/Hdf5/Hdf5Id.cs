using Microsoft.Win32.SafeHandles;

namespace Sideband.Events.Readers.Hdf5;

/// <summary>Owns one HDF5 identifier of any kind (file, group, dataset, attribute, type, dataspace); disposing drops the reference.</summary>
internal sealed class Hdf5Id : SafeHandleZeroOrMinusOneIsInvalid
{
    public Hdf5Id()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle() => NativeHdf5.H5Idec_ref(handle) >= 0;
}

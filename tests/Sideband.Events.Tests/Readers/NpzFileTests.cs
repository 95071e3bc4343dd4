using Sideband.Events.Readers;

namespace Sideband.Events.Tests.Readers;

public class NpzFileTests
{
    [Fact]
    public void Arrays_of_numpy_are_read_with_type_and_shape()
    {
        using var file = NpzFile.Open(Fixtures.PathOf("types.npz"));
        file.Names.ShouldBe(["f4", "f8", "i2", "i4", "i8", "u1", "text"]);
        file.Shape("f4").ShouldBe([2, 3]);
        file.Read<float>("f4").ShouldBe([1.5f, 2.5f, float.NaN, 4, 5, float.PositiveInfinity]);
        file.Read<double>("f8").ShouldBe([1e-300, -2]);
        file.Read<short>("i2").ShouldBe([(short)-3, (short)7]);
        file.Read<int>("i4").ShouldBe([-3, 7]);
        file.Read<long>("i8").ShouldBe([1L << 60]);
        file.Read<byte>("u1").ShouldBe([(byte)0, (byte)255]);
        file.ReadStrings("text").ShouldBe(["mjj", "\u0394m", ""]);
    }

    [Fact]
    public void A_wrong_name_or_type_is_an_error()
    {
        using var file = NpzFile.Open(Fixtures.PathOf("types.npz"));
        Should.Throw<InputDataException>(() => file.Read<float>("f9"))
            .Message.ShouldStartWith("types.npz: no array 'f9'; did you mean 'f4'?");
        Should.Throw<InputDataException>(() => file.Read<float>("f8"))
            .Message.ShouldBe("types.npz: array 'f8' holds float64, not NumPy type '<f4'");
        Should.Throw<InputDataException>(() => file.ReadStrings("f8"))
            .Message.ShouldBe("types.npz: array 'f8' holds float64, not text");
    }
}

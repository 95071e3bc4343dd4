using Sideband.Events;
using Sideband.Search.Experiments;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates;

namespace Sideband.Search.Tests.Store;

/// <summary>Finished units in a folder: found again, kept once, and done again where they cannot be believed.</summary>
public sealed class UnitStoreTests : IDisposable
{
    private static readonly SearchContext Context = new(
        Toy.Settings(("systematics", "none")), Toy.Inputs(Toy.Background("store", 10)), new GaussianDensities());

    private static readonly TestStage Stage = new(TemplateMethods.ByName("cwola"), 2);

    private readonly TemporaryFolder _folder = new();

    private readonly List<string> _warnings = [];

    private string Root => _folder.PathOf("store");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_unit_is_found_again_by_its_key()
    {
        var store = Open();
        store.Has(Unit(1)).ShouldBeFalse();
        store.Put(Unit(1), Product(1));
        foreach (var again in (UnitStore[])[store, Open()])
        {
            ShouldHold(again, 1);
            again.Has(Unit(2)).ShouldBeFalse();
        }

        Files().ShouldBe([Unit(1).Key + ".units"]);
        _warnings.ShouldBeEmpty();
    }

    [Fact]
    public void What_other_processes_finish_is_seen_after_a_refresh_and_a_file_that_was_moved_aside_is_seen_when_it_comes_back()
    {
        var (watching, working) = (Open(), Open());
        working.Put(Unit(1), Product(1));
        watching.Has(Unit(1)).ShouldBeFalse();
        watching.Refresh();
        ShouldHold(watching, 1);

        var path = Path.Combine(Root, Unit(2).Key + ".units");
        File.WriteAllText(path, "damaged");
        watching.Refresh();
        watching.Has(Unit(2)).ShouldBeFalse();
        _warnings.ShouldHaveSingleItem().ShouldContain("it was moved to ");
        working.Put(Unit(2), Product(2));
        watching.Refresh();
        ShouldHold(watching, 2);
    }

    [Fact]
    public void A_file_that_another_process_holds_for_an_instant_is_waited_for()
    {
        var watching = Open();
        Open().Put(Unit(1), Product(1));
        var path = Path.Combine(Root, Unit(1).Key + ".units");
        var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var writer = new Thread(() =>
        {
            Thread.Sleep(200);
            held.Dispose();
        });
        writer.Start();
        watching.Refresh();
        ShouldHold(watching, 1);
        writer.Join();
        _warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Units_wait_on_a_scratch_disk_and_are_written_in_one_file()
    {
        var scratch = _folder.PathOf("scratch");
        Directory.CreateDirectory(scratch);
        var store = UnitStore.Open(Root, _warnings.Add, scratch);
        for (var i = 1; i < UnitStore.UnitsPerPack; i++)
        {
            store.Put(Unit(i), Product(i));
            ShouldHold(store, i);
        }

        Files().ShouldBeEmpty();
        Directory.GetFiles(scratch).Length.ShouldBe(UnitStore.UnitsPerPack - 1);
        store.Put(Unit(UnitStore.UnitsPerPack), Product(UnitStore.UnitsPerPack));
        Files().Length.ShouldBe(1);
        Directory.GetFiles(scratch).ShouldBeEmpty();
        store.Put(Unit(100), Product(100));
        Files().Length.ShouldBe(1);
        store.Flush();
        foreach (var again in (UnitStore[])[store, Open()])
        {
            ShouldHold(again, 1);
            ShouldHold(again, UnitStore.UnitsPerPack);
            ShouldHold(again, 100);
        }

        _warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Without_its_scratch_disk_a_store_takes_each_unit_and_says_so_once()
    {
        var store = UnitStore.Open(Root, _warnings.Add, _folder.PathOf("gone"));
        store.Put(Unit(1), Product(1));
        store.Put(Unit(2), Product(2));
        Files().Length.ShouldBe(2);
        _warnings.ShouldHaveSingleItem().ShouldEndWith("units go into the store one by one");
        ShouldHold(Open(), 2);
    }

    [Fact]
    public void A_flipped_byte_anywhere_moves_the_file_aside_once_and_the_unit_is_done_again()
    {
        Open().Put(Unit(1), Product(1));
        var path = Path.Combine(Root, Files().Single());
        var whole = File.ReadAllBytes(path);
        for (var position = 0; position < whole.Length; position++)
        {
            byte[] changed = [.. whole];
            changed[position] ^= 0x20;
            ShouldSetAside(path, changed);
        }
    }

    [Fact]
    public void A_file_that_is_cut_short_is_moved_aside_once_and_the_unit_is_done_again()
    {
        Open().Put(Unit(1), Product(1));
        var path = Path.Combine(Root, Files().Single());
        var whole = File.ReadAllBytes(path);
        for (var length = 0; length < whole.Length; length += 5)
        {
            ShouldSetAside(path, whole[..length]);
        }
    }

    [Fact]
    public void A_file_of_another_engine_is_moved_aside()
    {
        Directory.CreateDirectory(Root);
        UnitPack.Write(Path.Combine(Root, Unit(1).Key + ".units"), "0", [(Unit(1).Key, [1, 2, 3])]);
        Open().Has(Unit(1)).ShouldBeFalse();
        _warnings.ShouldHaveSingleItem().ShouldContain($"it was made by engine 0, this is {UnitKeys.EngineVersion}; it was moved to ");
        Files().ShouldBeEmpty();
    }

    [Fact]
    public void A_damaged_unit_takes_those_that_share_its_file_with_it()
    {
        var store = Open();
        store.PutSmall(Unit(1), Product(1));
        store.PutSmall(Unit(2), Product(2));
        store.Flush();
        var path = Path.Combine(Root, Files().Single());
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        var again = Open();
        ShouldHold(again, 1);
        again.Has(Unit(2)).ShouldBeFalse();
        again.Has(Unit(1)).ShouldBeFalse();
        _warnings.Count.ShouldBe(1);
    }

    [Fact]
    public void Small_units_are_readable_at_once_and_packed_many_into_a_file()
    {
        var store = Open();
        for (var number = 1; number < UnitStore.UnitsPerPack; number++)
        {
            store.PutSmall(Unit(number), Product(number));
            ShouldHold(store, number);
        }

        Files().ShouldBeEmpty();
        store.PutSmall(Unit(UnitStore.UnitsPerPack), Product(UnitStore.UnitsPerPack));
        Files().Length.ShouldBe(1);
        store.PutSmall(Unit(0), Product(0));
        ShouldHold(store, 0);
        Open().Has(Unit(0)).ShouldBeFalse("it waits in memory");
        store.Flush();
        store.Flush();
        Files().Length.ShouldBe(2);
        foreach (var again in (UnitStore[])[store, Open()])
        {
            for (var number = 0; number <= UnitStore.UnitsPerPack; number++)
            {
                ShouldHold(again, number);
            }
        }
    }

    [Fact]
    public void A_file_of_many_units_is_opened_once_for_all_of_them()
    {
        var store = Open();
        store.PutSmall(Unit(1), Product(1));
        store.PutSmall(Unit(2), Product(2));
        store.Flush();
        var again = Open();
        ShouldHold(again, 1);
        File.Delete(Path.Combine(Root, Files().Single()));
        ShouldHold(again, 2);
        Open().Has(Unit(2)).ShouldBeFalse();
    }

    [Fact]
    public void A_store_that_is_only_read_is_never_written()
    {
        UnitStore.OpenToRead(Root).ShouldBeNull();
        Directory.Exists(Root).ShouldBeFalse();
        var store = Open();
        store.Put(Unit(1), Product(1));
        store.Put(Unit(2), Product(2));
        File.WriteAllText(Path.Combine(Root, "text.units"), "not a pack of units");
        var second = Path.Combine(Root, Unit(2).Key + ".units");
        var bytes = File.ReadAllBytes(second);
        bytes[^1] ^= 1;
        File.WriteAllBytes(second, bytes);
        var before = Snapshot();

        var reading = UnitStore.OpenToRead(Root)!;
        ShouldHold(reading, 1);
        reading.Has(Unit(2)).ShouldBeFalse("it is damaged");
        reading.Has(Unit(2)).ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => reading.Put(Unit(3), Product(3)));
        Should.Throw<InvalidOperationException>(() => reading.PutSmall(Unit(3), Product(3)));
        Should.Throw<InvalidOperationException>(() => reading.Remove(Unit(1)));
        reading.Flush();
        Snapshot().ShouldBe(before);
    }

    [Fact]
    public void Units_of_another_store_are_copied()
    {
        var other = UnitStore.Open(_folder.PathOf("other"));
        other.Put(Unit(1), Product(1));
        other.PutSmall(Unit(2), Product(2));
        other.Flush();
        var store = Open();
        var reading = UnitStore.OpenToRead(_folder.PathOf("other"))!;
        store.Adopt(Unit(1), reading).ShouldBeTrue();
        store.Adopt(Unit(2), reading).ShouldBeTrue();
        store.Adopt(Unit(3), reading).ShouldBeFalse();
        Directory.Delete(_folder.PathOf("other"), recursive: true);
        foreach (var again in (UnitStore[])[store, Open()])
        {
            ShouldHold(again, 1);
            ShouldHold(again, 2);
            again.Has(Unit(3)).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_damaged_unit_of_another_store_is_not_taken_over()
    {
        var other = UnitStore.Open(_folder.PathOf("other"));
        other.Put(Unit(1), Product(1));
        var path = Directory.GetFiles(_folder.PathOf("other")).Single();
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        Open().Adopt(Unit(1), UnitStore.OpenToRead(_folder.PathOf("other"))!).ShouldBeFalse();
        Files().ShouldBeEmpty();
        File.ReadAllBytes(path).ShouldBe(bytes);
    }

    [Fact]
    public void A_unit_with_a_file_of_its_own_can_be_let_go()
    {
        var store = Open();
        store.Put(Unit(1), Product(1));
        store.PutSmall(Unit(2), Product(2));
        store.PutSmall(Unit(3), Product(3));
        store.Flush();
        store.Remove(Unit(1));
        store.Remove(Unit(2));
        store.Remove(Unit(4));
        store.Has(Unit(1)).ShouldBeFalse();
        ShouldHold(store, 2);
        ShouldHold(Open(), 3);
        Files().Length.ShouldBe(1);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_refused()
    {
        File.WriteAllText(Root, "a file");
        Should.Throw<ConfigurationException>(Open).Message.ShouldStartWith($"{Root}: the store cannot be made: ");
    }

    private void ShouldSetAside(string path, byte[] bytes)
    {
        _warnings.Clear();
        File.WriteAllBytes(path, bytes);
        var store = Open();
        store.Has(Unit(1)).ShouldBeFalse();
        store.Has(Unit(1)).ShouldBeFalse();
        _warnings.ShouldHaveSingleItem().ShouldStartWith($"{path}: ");
        File.Exists(path).ShouldBeFalse();
        var aside = Directory.GetFiles(Path.Combine(Root, "aside")).ShouldHaveSingleItem();
        File.ReadAllBytes(aside).ShouldBe(bytes);
        File.Delete(aside);
        store.Put(Unit(1), Product(1));
        ShouldHold(Open(), 1);
        _warnings.Count.ShouldBe(1);
    }

    private static void ShouldHold(UnitStore store, int number)
    {
        store.Has(Unit(number)).ShouldBeTrue();
        ((TestProduct)store.Read(Unit(number))).Scores.Single().ShouldBe([number, 0.5f]);
    }

    private string[] Files() => [.. Directory.GetFiles(Root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private string[] Snapshot() =>
        [.. Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path =>
            $"{path} {File.GetLastWriteTimeUtc(path).Ticks} {Convert.ToHexString(File.ReadAllBytes(path))}")];

    private UnitStore Open() => UnitStore.Open(Root, _warnings.Add);

    private static TestProduct Product(int number) => new([[number, 0.5f]]);

    private static WorkUnit Unit(int number) => new(
        number + 1,
        Stage,
        new UnitPlace(Experiment.Search, ChainSample.Data, new MassWindow(1, new MassInterval(number, number + 1)), 1),
        number.ToString("x32", System.Globalization.CultureInfo.InvariantCulture),
        1,
        [])
    {
        Context = Context,
        Memory = new UnitMemory(0, 0),
    };
}

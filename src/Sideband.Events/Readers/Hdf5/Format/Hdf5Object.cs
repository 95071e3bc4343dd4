namespace Sideband.Events.Readers.Hdf5.Format;

/// <summary>A group or dataset.</summary>
internal sealed class Hdf5Object
{
    private const int MostHops = 40;
    private readonly Hdf5File _file;
    private List<Hdf5Link>? _links;

    public Hdf5Object(Hdf5File file, ulong address, string path)
    {
        (_file, Path) = (file, path);
        file.CountObject();
        Header = new Hdf5Header(file, address);
    }

    public Hdf5Header Header { get; }

    /// <summary>From the root group, without a slash in front; empty for the root group itself.</summary>
    public string Path { get; }

    public bool IsDataset => Header.Has(Hdf5Header.Layout);

    public bool IsGroup => Header.Has(Hdf5Header.SymbolTable) || Header.Has(Hdf5Header.LinkInfo) || Header.Has(Hdf5Header.Link)
        || Header.Has(Hdf5Header.GroupInfo);

    /// <summary>Members in alphabetical order.</summary>
    public IReadOnlyList<Hdf5Link> Links => _links ??= Hdf5Link.Of(_file, Header);

    public string? Attribute(string name) => Hdf5Attributes.Text(_file, Header, name);

    /// <summary>The dataset of a member.</summary>
    /// <exception cref="InputDataException">There is none, or it lies in another file.</exception>
    public Hdf5Dataset Dataset(string member) => new(
        _file, (Find(member) ?? throw _file.Damaged($"'{Path}' has no member '{member}'")).Header, member);

    /// <summary>The object of a path below this group, soft links being followed; null where there is none.</summary>
    /// <exception cref="InputDataException">It lies in another file, or links lead in a circle.</exception>
    public Hdf5Object? Find(string path) => Find(path, 0);

    private Hdf5Object? Find(string path, int hops)
    {
        var at = path.StartsWith('/') ? new Hdf5Object(_file, _file.RootHeader, "") : this;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(name => name != "."))
        {
            var link = at.Links.FirstOrDefault(link => link.Name == name);
            var memberPath = at.Path.Length == 0 ? name : $"{at.Path}/{name}";
            if (hops > MostHops)
            {
                throw new InputDataException($"{_file.Name}: the links at '{memberPath}' lead in a circle");
            }

            if (link?.Kind == Hdf5LinkKind.External)
            {
                throw new InputDataException(
                    $"{_file.Name}: '{memberPath}' is a link into another file ({link.Target}), which is not followed");
            }

            var next = link switch
            {
                null => null,
                { Kind: Hdf5LinkKind.Soft } => at.Find(link.Target, hops + 1),
                _ => new Hdf5Object(_file, link.Address, memberPath),
            };
            if (next is null)
            {
                return null;
            }

            at = next;
        }

        return at;
    }
}

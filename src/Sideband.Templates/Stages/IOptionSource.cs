namespace Sideband.Templates.Stages;

/// <summary>Option records by type.</summary>
public interface IOptionSource
{
    /// <exception cref="InvalidOperationException">The search has no such options, or may not read them here.</exception>
    T Option<T>()
        where T : class;
}

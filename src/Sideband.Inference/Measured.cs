namespace Sideband.Inference;

/// <summary>
/// A finite number, or the reason why there is none. A result never holds NaN or infinity: what cannot be computed is a
/// <see cref="Measured"/> without value, written as null with its reason beside it.
/// </summary>
public readonly record struct Measured
{
    private readonly string? _reason;

    private Measured(double? value, string? reason) => (Value, _reason) = (value, reason);

    /// <summary>The number; null where undefined.</summary>
    public double? Value { get; }

    /// <summary>Why there is no number; null where there is one.</summary>
    public string? Reason => Value is null ? _reason ?? "not computed" : null;

    public bool IsDefined => Value is not null;

    /// <summary>A number.</summary>
    /// <exception cref="ArgumentException">NaN or infinite: the caller must say with <see cref="Undefined"/> what went wrong.</exception>
    public static Measured Of(double value) => double.IsFinite(value)
        ? new Measured(value, null)
        : throw new ArgumentException($"{value} is not a number that a result can hold.", nameof(value));

    /// <summary>No number, for a reason that a user can read, for example "no template event passes the threshold".</summary>
    public static Measured Undefined(string reason) => new(null, reason);

    /// <summary>The function of the number, where there is one.</summary>
    public Measured Then(Func<double, Measured> next) => Value is { } value ? next(value) : this;

    /// <summary>The finite function of the number, where there is one.</summary>
    public Measured Select(Func<double, double> function) => Value is { } value ? Of(function(value)) : this;

    public override string ToString() =>
        Value?.ToString("G6", System.Globalization.CultureInfo.InvariantCulture) ?? $"undefined ({Reason})";
}

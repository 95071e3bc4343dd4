using Sideband.Numerics;

namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>
/// Each feature from its range into the whole line, with mean 0 and standard deviation 1 (<see cref="LogitScaling"/>), where the events
/// with a feature at an end of its range do not count. Features with narrow peaks are stretched further (<see cref="PeakStretching"/>)
/// and, once a density has been trained, calibrated (<see cref="MarginalCalibration"/>). Features with repeated values or hard edges are
/// made normal by their own distribution in place of all that (<see cref="ProbabilityTransform"/>).
/// </summary>
internal sealed class LogitStandardisation
{
    /// <summary>Of an event without a key: no feature has an interval that it would be in.</summary>
    private const double NoPlace = 0.5;

    private readonly LogitScaling _logits;
    private readonly int[] _scaled;
    private readonly ProbabilityTransform?[] _transforms;
    private readonly JointPieces? _joint;
    private readonly PeakStretching?[] _stretching;
    private readonly MarginalCalibration?[] _calibration;
    private readonly MonotoneSpline?[] _drawn;

    private LogitStandardisation(
        LogitScaling logits,
        ProbabilityTransform?[] transforms,
        JointPieces? joint,
        PeakStretching?[]? stretching = null,
        MarginalCalibration?[]? calibration = null,
        MonotoneSpline?[]? drawn = null)
    {
        (_logits, _transforms, _joint) = (logits, transforms, joint);
        _scaled = [.. Enumerable.Range(0, transforms.Length).Where(f => transforms[f] is null)];
        _stretching = stretching ?? new PeakStretching?[Count];
        _calibration = calibration ?? new MarginalCalibration?[Count];
        _drawn = drawn ?? new MonotoneSpline?[Count];
    }

    public int Count => _logits.Count;

    /// <summary>Whether this feature is made normal by its own distribution.</summary>
    public bool IsNormal(int feature) => _transforms[feature] is not null;

    /// <summary>Whether a feature is made normal by its own distribution.</summary>
    public bool IsTransformed => _transforms.Any(transform => transform is not null);

    /// <summary>Features with a narrow peak, and where it is: in units of <see cref="Logit"/>.</summary>
    public IEnumerable<(int Feature, double Place)> Peaks =>
        from feature in Enumerable.Range(0, Count)
        where _stretching[feature] is not null
        select (feature, _stretching[feature]!.Place);

    /// <summary>Fits the events; null with a reason if a feature has no spread or is not finite.</summary>
    /// <param name="features">[feature][event].</param>
    /// <param name="allNormal">Whether each feature is made normal, also those without repeated values and hard edges.</param>
    public static (LogitStandardisation? Fitted, string? Failure) Fit(float[][] features, bool allNormal = false)
    {
        var transforms = new ProbabilityTransform?[features.Length];
        var (logits, failure) = LogitScaling.Fit(features, f => (transforms[f] = TransformOf(features[f], allNormal)) is not null);
        if (logits is null)
        {
            return (null, failure);
        }

        var standardised = new LogitStandardisation(logits, transforms, null);
        var pieces = JointPieces.Of(transforms, features);
        return (new LogitStandardisation(logits, transforms, pieces, standardised.Stretchings(features)), null);
    }

    /// <summary>
    /// Keys of events (<see cref="RowPlaces"/>); empty where no feature has repeated values, because then nothing needs them.
    /// </summary>
    public ulong[] Keys(float[][] features, ReadOnlySpan<double> mass) =>
        _transforms.Any(transform => transform?.Repeated.Any() == true) ? RowPlaces.Keys(features, mass) : [];

    /// <summary>Standardises an event; false if it lies outside of the fitted range or at its end, or is not a number.</summary>
    /// <param name="features">[feature][event].</param>
    /// <param name="i">Number of the event.</param>
    /// <param name="mass">Of the event.</param>
    /// <param name="keys">Of the events (<see cref="Keys"/>); empty where no feature has repeated values.</param>
    /// <param name="z">Written.</param>
    /// <param name="logJacobian">ln |dz/dx|; of a repeated value, with respect to its place (<see cref="ProbabilityTransform"/>).</param>
    public bool TryForward(float[][] features, int i, double mass, ReadOnlySpan<ulong> keys, Span<double> z, out double logJacobian)
    {
        var combination = _joint?.NumberOf(_transforms, features, i) ?? 0;
        if (combination < 0 || !_logits.TryForward(features, i, _scaled, z, out logJacobian))
        {
            logJacobian = 0;
            return false;
        }

        for (var f = 0; f < z.Length; f++)
        {
            if (_transforms[f] is { } transform)
            {
                var x = features[f][i];
                var piece = transform.PieceOf(x);
                var place = keys.IsEmpty ? NoPlace : RowPlaces.Place(keys[i], f);
                if (piece < 0)
                {
                    return false;
                }

                var interval = _joint?.Find(f, combination)?.Interval ?? transform.IntervalOf(piece);
                if (!transform.TryForward(piece, x, place, interval, out z[f], out var slope))
                {
                    return false;
                }

                logJacobian += slope;
                if (_drawn[f] is { } drawn)
                {
                    z[f] = drawn.Forward(z[f], out slope);
                    logJacobian += PortableMath.Log(slope);
                }

                continue;
            }

            if (_calibration[f] is { } calibration)
            {
                z[f] = calibration.ToDrawn(z[f], mass, out var slope);
                logJacobian += PortableMath.Log(slope);
            }

            if (_stretching[f] is { } stretching)
            {
                z[f] = stretching.Forward(z[f], out var slope);
                logJacobian += PortableMath.Log(slope);
            }
        }

        return true;
    }

    /// <summary>The standardised logit of one feature, neither stretched nor calibrated; not finite outside of the range.</summary>
    public double Logit(int feature, float x) => _logits.Logit(feature, x);

    /// <summary>The same with one feature calibrated.</summary>
    public LogitStandardisation With(int feature, MarginalCalibration calibration)
    {
        var calibrations = _calibration.ToArray();
        calibrations[feature] = calibration;
        return new LogitStandardisation(_logits, _transforms, _joint, _stretching, calibrations);
    }

    /// <summary>
    /// The same with what a density draws for normal numbers, of each feature that is made normal (<see cref="DrawnQuantiles"/>).
    /// </summary>
    public LogitStandardisation With(MonotoneSpline?[] drawn) =>
        new(_logits, _transforms, _joint, _stretching, _calibration, drawn);

    /// <summary>Number of the combination of pieces that a standardised event has (<see cref="JointPieces"/>).</summary>
    public int CombinationOf(ReadOnlySpan<float> z) =>
        _joint?.NumberAt(Normal(_joint.Carrier, z[_joint.Carrier])) ?? 0;

    /// <summary>x of z of one feature.</summary>
    /// <param name="feature">Its number.</param>
    /// <param name="z">Its variable.</param>
    /// <param name="mass">Of the event.</param>
    /// <param name="combination">Of the event (<see cref="CombinationOf"/>).</param>
    public float Inverse(int feature, double z, double mass, int combination)
    {
        if (_transforms[feature] is { } transform)
        {
            var probability = NormalDistribution.UpperTail(-Normal(feature, z));
            if (_joint?.Find(feature, combination) is { } found)
            {
                return transform.Inverse(found.Piece, probability, found.Interval);
            }

            var piece = transform.PieceAt(probability);
            return transform.Inverse(piece, probability, transform.IntervalOf(piece));
        }

        var y = _stretching[feature]?.Inverse(z) ?? z;
        return _logits.Inverse(feature, _calibration[feature]?.ToLearned(y, mass) ?? y);
    }

    public void Save(BinaryWriter writer)
    {
        _logits.Save(writer);
        foreach (var transform in _transforms)
        {
            writer.Write(transform is not null);
            transform?.Save(writer);
        }

        writer.Write(_joint is not null);
        _joint?.Save(writer);
        foreach (var stretching in _stretching)
        {
            writer.Write(stretching is not null);
            stretching?.Save(writer);
        }

        foreach (var calibration in _calibration)
        {
            writer.Write(calibration is not null);
            calibration?.Save(writer);
        }

        foreach (var drawn in _drawn)
        {
            writer.Write(drawn is not null);
            if (drawn is not null)
            {
                SplineFile.Write(writer, drawn);
            }
        }
    }

    public static LogitStandardisation Load(BinaryReader reader)
    {
        var logits = LogitScaling.Load(reader);
        var count = logits.Count;
        return new LogitStandardisation(
            logits,
            [.. Enumerable.Range(0, count).Select(_ => reader.ReadBoolean() ? ProbabilityTransform.Load(reader) : null)],
            reader.ReadBoolean() ? JointPieces.Load(reader) : null,
            [.. Enumerable.Range(0, count).Select(_ => reader.ReadBoolean() ? PeakStretching.Load(reader) : null)],
            [.. Enumerable.Range(0, count).Select(_ => reader.ReadBoolean() ? MarginalCalibration.Load(reader) : null)],
            [.. Enumerable.Range(0, count).Select(_ => reader.ReadBoolean() ? SplineFile.Read(reader) : null)]);
    }

    private static ProbabilityTransform? TransformOf(float[] feature, bool always)
    {
        var sorted = feature.ToArray();
        Array.Sort(sorted);
        var repeated = RepeatedValues.Of(sorted);
        return repeated.Length > 0 || HardEdges.Any(sorted) || always ? ProbabilityTransform.Fit(sorted, repeated) : null;
    }

    /// <summary>The normal number that a value of a feature's variable stands for.</summary>
    private double Normal(int feature, double z) => _drawn[feature]?.Inverse(z) ?? z;

    private PeakStretching?[] Stretchings(float[][] features)
    {
        double[][] counts = [.. features.Select(_ => PeakStretching.NewCounts())];
        var z = new double[Count];
        var events = 0;
        for (var i = 0; i < features[0].Length; i++)
        {
            if (_logits.TryForward(features, i, _scaled, z, out _))
            {
                events++;
                for (var f = 0; f < Count; f++)
                {
                    PeakStretching.Count(counts[f], z[f]);
                }
            }
        }

        return [.. counts.Select((ofFeature, f) => _transforms[f] is null ? PeakStretching.Fit(ofFeature, events) : null)];
    }
}

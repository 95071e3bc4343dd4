namespace Sideband.Learning.Tests.Boosting;

/// <summary>The data sets of tests/Reference/boosting/make_reference.py, number for number: see there what they are.</summary>
internal sealed record ReferenceData(string Name, int Number, int Training, int Test, float[][] Columns, byte[] Labels, float[] Weights)
{
    public static ReferenceData Make(string name) => name switch
    {
        "cwola" => Cwola(60000, 30000),
        "weighted" => Weighted(50000, 20000),
        "missing" => Missing(40000, 20000),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>SplitMix64 of a counter, its upper 53 bits as a number in [0, 1).</summary>
    public static double Uniform(int set, int channel, int row)
    {
        unchecked
        {
            var z = ((ulong)((set * 64) + channel + 1) << 32) + (ulong)row;
            z = (z + 1) * 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            z ^= z >> 31;
            return (z >> 11) / 9007199254740992.0;
        }
    }

    public (int[] Training, int[] Validation) GivenSplit()
    {
        var side = Enumerable.Range(0, Training).ToLookup(row => Uniform(Number, 63, row) < 0.5);
        return ([.. side[true]], [.. side[false]]);
    }

    /// <summary>
    /// The training weights of scikit-learn's class_weight='balanced': w n/(2 n_c) with the classes' numbers of events. Sideband balances
    /// summed weights, which differ by 0.3 % in the weighted set: these are for trainings with balancing switched off.
    /// </summary>
    public double[] BalancedByCounts()
    {
        double ones = Labels.Take(Training).Count(label => label == 1);
        return [.. Weights.Select((weight, i) => weight * Training / (2 * (Labels[i] == 1 ? ones : Training - ones)))];
    }

    /// <summary>The columns at some rows.</summary>
    public float[][] ColumnsAt(int[] rows) => [.. Columns.Select(c => Array.ConvertAll(rows, row => c[row]))];

    private static ReferenceData Cwola(int training, int test) => Build("cwola", 1, training, test, 4, (row, u) =>
    {
        var isTest = row >= training;
        var data = !isTest && u(9) < 0.45;
        var signal = isTest ? row % 3 == 0 : data && u(10) < 0.02;
        var shift = isTest || data ? 1.0 : 1.05;
        return ([
            (float)(signal ? 0.1 + (0.05 * (u(0) + u(1))) : u(0) * u(1) * shift),
            (float)(signal ? 0.4 + (0.1 * (u(2) + u(3))) : u(2) * u(3) * shift),
            (float)(signal ? u(4) * u(5) : (u(4) + u(5)) / 2),
            (float)(signal ? u(6) * (0.5 + (0.5 * u(7))) : (0.3 * u(4)) + (0.7 * u(6))),
        ], isTest ? signal : data, 1);
    });

    private static ReferenceData Weighted(int training, int test) => Build("weighted", 2, training, test, 5, (row, u) =>
    {
        var y = u(9) < 0.2;
        var f0 = (y ? 0.2 : 0.0) + (u(0) + u(1) + u(2));
        var f1 = (y ? 0.1 : 0.0) + (u(3) * u(4));
        var (f2, f3) = (u(5) / (1.01 - u(6)), (f0 * f1) + u(7));
        return ([(float)f0, (float)f1, (float)f2, (float)f3, (float)u(8)], y, (float)(0.5 + (1.5 * u(10))));
    });

    private static ReferenceData Missing(int training, int test) => Build("missing", 3, training, test, 9, (row, u) =>
    {
        var y = u(9) < 0.5;
        return ([
            (float)(Math.Floor(u(0) * 7) + (y ? Math.Floor(u(1) * 1.5) : 0.0)),
            (float)(Math.Floor((u(2) + (y ? 0.05 : 0.0)) * 64) / 64),
            (float)(u(10) < (y ? 0.10 : 0.05) ? double.NaN : u(3) + (y ? 0.03 : 0.0)),
            (float)(u(11) < 0.3 ? double.NaN : (u(4) * u(5)) - (y ? 0.02 : 0.0)),
            2.5f,
            (float)(Math.Floor(u(6) * u(7) * 1000) / 100),
            (float)(u(12) < 0.6 ? 0.0 : u(8)),
            (float)(y ? u(13) * 1.02 : u(13)),
            (float)Math.Floor(u(14) * 2),
        ], y, 1);
    });

    private static ReferenceData Build(
        string name,
        int number,
        int training,
        int test,
        int features,
        Func<int, Func<int, double>, (float[] Values, bool Label, float Weight)> row)
    {
        var columns = new float[features][];
        for (var f = 0; f < features; f++)
        {
            columns[f] = new float[training + test];
        }

        var labels = new byte[training + test];
        var weights = new float[training + test];
        for (var i = 0; i < training + test; i++)
        {
            var (values, label, weight) = row(i, channel => Uniform(number, channel, i));
            for (var f = 0; f < features; f++)
            {
                columns[f][i] = values[f];
            }

            labels[i] = label ? (byte)1 : (byte)0;
            weights[i] = weight;
        }

        return new ReferenceData(name, number, training, test, columns, labels, weights);
    }
}

using System.Numerics.Tensors;

namespace FastDeepIoT.Optimization;

/// <summary>Sums and sums of products of a site's features, and of its features with what its outputs should be.</summary>
internal sealed class Moments(int features, int outputs)
{
    /// <summary>Rows seen.</summary>
    internal int Rows { get; private set; }

    /// <summary>Sums of products of features, features by features.</summary>
    internal double[] Products { get; } = new double[features * features];

    /// <summary>Sums of products of features with outputs, features by outputs.</summary>
    internal double[] Cross { get; } = new double[features * outputs];

    /// <summary>Sums of features.</summary>
    internal double[] Sums { get; } = new double[features];

    /// <summary>Sums of outputs.</summary>
    internal double[] OutputSums { get; } = new double[outputs];

    internal int Features => features;

    internal int Outputs => outputs;

    /// <summary>Moments of features that have nothing to do with each other and no mean.</summary>
    /// <param name="squares">The mean square of each.</param>
    internal static Moments Of(IReadOnlyList<double> squares)
    {
        var moments = new Moments(squares.Count, 0) { Rows = 1 };
        for (var feature = 0; feature < squares.Count; feature++) moments.Products[feature * squares.Count + feature] = squares[feature];
        return moments;
    }

    /// <summary>Adds rows of features, and of outputs where there are some.</summary>
    internal void Add(RuntimeProduct product, float[] x, float[] y, int rows)
    {
        Rows += rows;
        product.AddTransposed(x, features, x, features, rows, Products);
        AddSums(x, features, rows, Sums);
        if (outputs > 0) AddOutputs(product, x, y, rows);
    }

    /// <summary>Adds outputs for rows of features that are counted already.</summary>
    internal void AddOutputs(RuntimeProduct product, float[] x, float[] y, int rows)
    {
        product.AddTransposed(x, features, y, outputs, rows, Cross);
        AddSums(y, outputs, rows, OutputSums);
    }

    /// <summary>Adds moments of other rows.</summary>
    internal void Add(Moments others)
    {
        Rows += others.Rows;
        foreach (var (mine, theirs) in ((double[], double[])[])[(Products, others.Products), (Cross, others.Cross), (Sums, others.Sums), (OutputSums, others.OutputSums)])
            TensorPrimitives.Add<double>(mine, theirs, mine);
    }

    /// <summary>The same features, with outputs yet to come.</summary>
    internal Moments WithoutOutputs()
    {
        var others = new Moments(features, outputs) { Rows = Rows };
        Products.CopyTo(others.Products, 0);
        Sums.CopyTo(others.Sums, 0);
        return others;
    }

    /// <summary>The square error of a fit on these rows, up to a part that is the same for all fits.</summary>
    internal double ErrorOf((RowMatrix Weights, double[] Bias) fit)
    {
        var errors = new double[outputs];
        Parallel.For(0, outputs, output =>
        {
            var weights = fit.Weights.Row(output);
            var bias = fit.Bias[output];
            var error = Rows * bias * bias - 2 * bias * OutputSums[output];
            for (var feature = 0; feature < features; feature++)
                error += weights[feature] * (Dot(weights, Products.AsSpan(feature * features, features)) + 2 * bias * Sums[feature] - 2 * Cross[feature * outputs + output]);
            errors[output] = error;
        });
        return errors.Sum();
    }

    /// <summary>Adds one row with one output.</summary>
    internal void Add(ReadOnlySpan<float> x, float y)
    {
        Rows++;
        for (var i = 0; i < x.Length; i++)
        {
            Sums[i] += x[i];
            for (var j = 0; j < x.Length; j++) Products[i * features + j] += x[i] * x[j];
        }

        AddOutput(x, y);
    }

    /// <summary>Adds one output for a row that is counted already.</summary>
    internal void AddOutput(ReadOnlySpan<float> x, float y)
    {
        OutputSums[0] += y;
        for (var i = 0; i < x.Length; i++) Cross[i] += x[i] * y;
    }

    /// <summary>The moments of some of the features, with outputs that are computed from all of them.</summary>
    /// <param name="kept">The features that stay; negative for zeros.</param>
    /// <param name="rows">The outputs that stay; negative for zeros.</param>
    /// <param name="weights">Outputs by features.</param>
    /// <param name="bias">Of each output.</param>
    internal Moments Restricted(int[] kept, int[] rows, RowMatrix weights, double[] bias)
    {
        var result = new Moments(kept.Length, rows.Length) { Rows = Rows };
        for (var row = 0; row < rows.Length; row++)
            if (rows[row] >= 0) result.OutputSums[row] = Dot(weights.Row(rows[row]), Sums) + bias[rows[row]] * Rows;
        for (var i = 0; i < kept.Length; i++)
        {
            if (kept[i] < 0) continue;

            var products = Products.AsSpan(kept[i] * features, features);
            result.Sums[i] = Sums[kept[i]];
            for (var j = 0; j < kept.Length; j++)
                if (kept[j] >= 0) result.Products[i * kept.Length + j] = products[kept[j]];
            for (var row = 0; row < rows.Length; row++)
                if (rows[row] >= 0) result.Cross[i * rows.Length + row] = Dot(weights.Row(rows[row]), products) + bias[rows[row]] * Sums[kept[i]];
        }

        return result;
    }

    /// <summary>The covariance of features, or their mean products when there is no bias to take up means.</summary>
    internal double[] Covariance(bool centered)
    {
        var result = new double[features * features];
        var scale = 1.0 / Math.Max(1, Rows);
        for (var i = 0; i < features; i++)
            for (var j = 0; j < features; j++)
                result[i * features + j] = (Products[i * features + j] + Products[j * features + i]) / 2 * scale - (centered ? Sums[i] * scale * Sums[j] * scale : 0);
        return result;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right) => TensorPrimitives.Dot(left, right);

    private static void AddSums(float[] values, int columns, int rows, double[] sums)
    {
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++) sums[column] += values[row * columns + column];
    }
}

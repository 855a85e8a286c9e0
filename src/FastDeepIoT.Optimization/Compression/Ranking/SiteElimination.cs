using System.Numerics.Tensors;
using FastDeepIoT.Onnx;
using MathNet.Numerics.LinearAlgebra;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Removes channels from one site, one after the other, letting the weights that stay make up for those that go (the optimal brain
/// surgeon, with a channel's columns as a block): what a removal costs follows from the inverse of the features' covariance.
/// </summary>
internal sealed class SiteElimination
{
    private const double RidgeStrength = 1e-3;

    private readonly int[][] _columns;
    private readonly int _size;
    private readonly double[] _inverse;
    private readonly RowMatrix _weights;
    private readonly double _energy;

    internal SiteElimination(SiteRecord record, Width width)
    {
        _columns = ChannelMap.Columns(record.Site, width);
        _size = record.Site.Features;
        var covariance = record.Moments!.Covariance(record.Site.BiasInput >= 0);
        _inverse = new Ridge(covariance, _size, RidgeStrength).Inverse();
        _weights = record.Weights with { Values = (double[])record.Weights.Values.Clone() };
        _energy = Energy(covariance, record.Weights);
    }

    /// <summary>The mean square that leaves the outputs with a channel, as a share of their variance.</summary>
    internal double CostOf(int channel)
    {
        var block = Block(channel);
        var columns = _columns[channel];
        var cost = 0.0;
        for (var row = 0; row < _weights.Rows; row++)
            for (var i = 0; i < columns.Length; i++)
                for (var j = 0; j < columns.Length; j++) cost += _weights[row, columns[i]] * block[i, j] * _weights[row, columns[j]];
        return Math.Max(0, cost) / _energy;
    }

    /// <summary>Removes a channel.</summary>
    internal void Remove(int channel)
    {
        var block = Block(channel);
        var columns = _columns[channel];
        var factors = new double[columns.Length * _size];
        for (var i = 0; i < columns.Length; i++)
            for (var j = 0; j < columns.Length; j++)
                AddScaled(InverseRow(columns[j]), block[i, j], factors.AsSpan(i * _size, _size));
        for (var row = 0; row < _weights.Rows; row++) Subtract(_weights.Row(row), columns, factors);
        for (var row = 0; row < _size; row++) Subtract(_inverse.AsSpan(row * _size, _size), columns, factors);
    }

    // The rows' own values at the columns are read before any of them changes.
    private void Subtract(Span<double> row, int[] columns, double[] factors)
    {
        Span<double> values = stackalloc double[columns.Length];
        for (var i = 0; i < columns.Length; i++) values[i] = row[columns[i]];
        for (var i = 0; i < columns.Length; i++)
            if (values[i] != 0) AddScaled(factors.AsSpan(i * _size, _size), -values[i], row);
        foreach (var column in columns) row[column] = 0;
    }

    private Span<double> InverseRow(int row) => _inverse.AsSpan(row * _size, _size);

    private Matrix<double> Block(int channel)
    {
        var columns = _columns[channel];
        var block = Matrix<double>.Build.Dense(columns.Length, columns.Length, (i, j) => _inverse[columns[i] * _size + columns[j]]);
        return block.Inverse();
    }

    private static void AddScaled(ReadOnlySpan<double> values, double factor, Span<double> to) => TensorPrimitives.MultiplyAdd(values, factor, to, to);

    private static double Energy(double[] covariance, RowMatrix weights)
    {
        var energy = 0.0;
        for (var row = 0; row < weights.Rows; row++)
            for (var i = 0; i < weights.Columns; i++)
                energy += weights[row, i] * TensorPrimitives.Dot<double>(covariance.AsSpan(i * weights.Columns, weights.Columns), weights.Row(row));
        return Math.Max(energy, double.Epsilon * 1e10);
    }
}

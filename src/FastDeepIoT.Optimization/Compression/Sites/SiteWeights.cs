using System.Runtime.InteropServices;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;

namespace FastDeepIoT.Optimization;

/// <summary>A matrix in row-major order.</summary>
internal sealed record RowMatrix(int Rows, int Columns, double[] Values)
{
    internal static RowMatrix Zero(int rows, int columns) => new(rows, columns, new double[rows * columns]);

    internal ref double this[int row, int column] => ref Values[row * Columns + column];

    internal Span<double> Row(int row) => Values.AsSpan(row * Columns, Columns);
}

/// <summary>The weights of a site as a matrix of outputs by features, and back.</summary>
internal static class SiteWeights
{
    /// <summary>Reads the matrix out of a constant.</summary>
    internal static RowMatrix Read(ReaderSite site, TensorProto tensor)
    {
        var values = Values(tensor);
        var (rows, columns) = SizeOf(site, tensor);
        var matrix = RowMatrix.Zero(rows, columns);
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++) matrix[row, column] = values[At(site, rows, columns, row, column)];
        return matrix;
    }

    /// <summary>The constant with another matrix of the same size in it.</summary>
    internal static TensorProto Write(ReaderSite site, TensorProto tensor, RowMatrix matrix)
    {
        var values = Values(tensor);
        for (var row = 0; row < matrix.Rows; row++)
            for (var column = 0; column < matrix.Columns; column++) values[At(site, matrix.Rows, matrix.Columns, row, column)] = (float)matrix[row, column];
        return With(tensor, values);
    }

    /// <summary>The numbers of a float constant.</summary>
    internal static float[] Values(TensorProto tensor) =>
        tensor.HasRawData ? MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray() : [.. tensor.FloatData];

    /// <summary>The constant with other numbers.</summary>
    internal static TensorProto With(TensorProto tensor, float[] values)
    {
        var copy = new TensorProto { Name = tensor.Name, DataType = tensor.DataType, RawData = Bytes(values) };
        copy.Dims.Add(tensor.Dims);
        return copy;
    }

    /// <summary>Numbers as a constant holds them.</summary>
    internal static ByteString Bytes(float[] values) => ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan()));

    private static (int Rows, int Columns) SizeOf(ReaderSite site, TensorProto tensor)
    {
        var dims = tensor.Dims.Select(size => (int)size).ToArray();
        return site.Source.OpType switch
        {
            "Conv" => (dims[0], dims.Skip(1).Aggregate(1, (product, size) => product * size)),
            "BatchNormalization" => (dims[0], 1),
            "LSTM" or "GRU" or "RNN" => (dims[1], dims[2]),
            _ => site.Transposed ? (dims[1], dims[0]) : (dims[0], dims[1]),
        };
    }

    private static int At(ReaderSite site, int rows, int columns, int row, int column) =>
        site.Transposed ? column * rows + row : (site.Source.OpType is "LSTM" or "GRU" or "RNN" ? site.Direction * rows * columns : 0) + row * columns + column;
}

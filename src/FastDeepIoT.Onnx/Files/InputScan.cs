using FastDeepIoT.Onnx.Format;
using Google.Protobuf;

namespace FastDeepIoT.Onnx;

/// <summary>Reads what a model says about its inputs, without its weights: a file of gigabytes takes no longer than a small one.</summary>
public static class InputScan
{
    // Who declares more has not written a model, but something to fill memory with.
    private const int MostBytes = 1 << 20, BytesPerInput = 64;

    /// <summary>Whether an input has a dimension without a size; false also for what is no readable model.</summary>
    public static bool HasFreeDimensions(string path)
    {
        try
        {
            if (Disk.Length(path) == 0) return false; // a pipe would never end

            using var stream = Disk.OpenRead(path);
            var model = new ModelProto { Graph = new GraphProto() };
            ReadModel(stream, model.Graph);
            return FreeDimensions.InputsOf(model).Any(input => input.Axes.Any(axis => axis.Dimension is not null));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException or InvalidDataException or InvalidProtocolBufferException)
        {
            return false; // whoever reads the model will say what is wrong with it
        }
    }

    private static void ReadModel(Stream stream, GraphProto inputs)
    {
        long read = 0; // a model may name several graphs, which are one then
        while (stream.Position < stream.Length)
        {
            var (field, length) = ReadTag(stream);
            if (field == ModelProto.GraphFieldNumber) ReadGraph(stream, stream.Position + length, inputs, ref read);
            else Skip(stream, length);
        }
    }

    private static void ReadGraph(Stream stream, long end, GraphProto inputs, ref long read)
    {
        while (stream.Position < Math.Min(end, stream.Length))
        {
            var (field, length) = ReadTag(stream);
            if (field != GraphProto.InputFieldNumber)
            {
                Skip(stream, length);
                continue;
            }

            if ((read += BytesPerInput + length) > MostBytes) throw new InvalidDataException("more inputs than models have");
            var bytes = new byte[length];
            stream.ReadExactly(bytes);
            inputs.Input.Add(ValueInfoProto.Parser.ParseFrom(bytes));
        }
    }

    /// <summary>A field's number and how many bytes follow that belong to it.</summary>
    private static (int Field, long Length) ReadTag(Stream stream)
    {
        var tag = ReadNumber(stream);
        var type = (WireFormat.WireType)(tag & 7);
        var length = type switch
        {
            WireFormat.WireType.Varint => 0 * ReadNumber(stream), // nothing follows
            WireFormat.WireType.Fixed64 => sizeof(ulong),
            WireFormat.WireType.Fixed32 => sizeof(uint),
            WireFormat.WireType.LengthDelimited => ReadNumber(stream),
            _ => throw new InvalidDataException("no message of protocol buffers"),
        };
        return ((int)(tag >> 3), length);
    }

    private static long ReadNumber(Stream stream)
    {
        const int MostBits = 63;
        var number = 0L;
        for (var shift = 0; shift < MostBits; shift += 7)
        {
            var next = stream.ReadByte();
            if (next < 0) throw new EndOfStreamException();
            number |= (long)(next & 0x7F) << shift;
            if ((next & 0x80) == 0) return number;
        }

        stream.ReadByte(); // the tenth byte of a negative number
        return number;
    }

    private static void Skip(Stream stream, long length)
    {
        if (length < 0 || length > stream.Length - stream.Position) throw new EndOfStreamException();
        stream.Seek(length, SeekOrigin.Current);
    }
}

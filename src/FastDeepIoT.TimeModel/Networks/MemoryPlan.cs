using System;
using System.Collections.Generic;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// Where a runtime that plans memory ahead puts the tensors of one run: a layer that visits elements writes over an input nobody needs any
/// more; every other output takes the smallest gap between live tensors that holds it. How long ago that memory was used last tells whether
/// its old contents have to be fetched, and others written back, before the layer can write.
/// </summary>
internal sealed class MemoryPlan
{
    private readonly List<Block> _live = [];
    private readonly List<Stretch> _touched = [];
    private double _now;

    /// <summary>Bytes touched so far, in all runs.</summary>
    internal double Now => _now;

    /// <summary>Lets time pass without any tensor being touched: weights are read.</summary>
    internal void Pass(double bytes) => _now += bytes;

    /// <summary>Finds room for a tensor and returns how many bytes were touched, on average, since that memory was last.</summary>
    internal double Place(int tensor, double bytes)
    {
        var block = new Block(tensor, OffsetFor(bytes), bytes);
        var place = 0;
        while (place < _live.Count && _live[place].Start < block.Start) place++;
        _live.Insert(place, block);
        var age = AgeOf(block);
        Touch(block);
        return age;
    }

    /// <summary>Hands the memory of a tensor to another one of the same size.</summary>
    internal void Rename(int tensor, int other)
    {
        var index = IndexOf(tensor);
        if (index >= 0) _live[index] = _live[index] with { Tensor = other };
    }

    /// <summary>Reads or writes a tensor.</summary>
    internal void Touch(int tensor)
    {
        var index = IndexOf(tensor);
        if (index >= 0) Touch(_live[index]);
    }

    /// <summary>Nobody needs a tensor any more.</summary>
    internal void Free(int tensor)
    {
        for (var index = _live.Count - 1; index >= 0; index--)
            if (_live[index].Tensor == tensor) _live.RemoveAt(index);
    }

    /// <summary>The run is over: all memory is free again, and keeps its age.</summary>
    internal void FreeAll() => _live.Clear();

    private int IndexOf(int tensor)
    {
        for (var index = 0; index < _live.Count; index++)
            if (_live[index].Tensor == tensor) return index;
        return -1;
    }

    private double OffsetFor(double bytes)
    {
        double end = 0, best = double.MaxValue, offset = -1;
        foreach (var block in _live)
        {
            var gap = block.Start - end;
            if (gap >= bytes && gap < best) (best, offset) = (gap, end);
            end = block.End;
        }

        return offset < 0 ? end : offset;
    }

    // Memory never touched before is as old as everything touched so far.
    private double AgeOf(Block block)
    {
        double age = 0, known = 0;
        foreach (var stretch in _touched)
        {
            var overlap = Math.Min(stretch.End, block.End) - Math.Max(stretch.Start, block.Start);
            if (overlap <= 0) continue;
            age += overlap * (_now - stretch.At);
            known += overlap;
        }

        return block.Bytes <= 0 ? 0 : (age + (block.Bytes - known) * _now) / block.Bytes;
    }

    private void Touch(Block block)
    {
        _now += block.Bytes;
        for (var i = _touched.Count - 1; i >= 0; i--)
        {
            var stretch = _touched[i];
            if (stretch.End <= block.Start || stretch.Start >= block.End) continue;
            _touched.RemoveAt(i);
            if (stretch.Start < block.Start) _touched.Add(stretch with { End = block.Start });
            if (stretch.End > block.End) _touched.Add(stretch with { Start = block.End });
        }

        if (block.Bytes > 0) _touched.Add(new Stretch(block.Start, block.End, _now));
    }

    private readonly record struct Block(int Tensor, double Start, double Bytes)
    {
        internal double End => Start + Bytes;
    }

    private readonly record struct Stretch(double Start, double End, double At);
}

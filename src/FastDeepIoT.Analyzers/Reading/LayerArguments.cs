using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>The arguments of a call by what they mean to the layer it makes.</summary>
internal sealed class LayerArguments(LayerSignature signature, Arguments arguments)
{
    /// <summary>The name of the method called, or of the type constructed.</summary>
    internal string Method => arguments.Method;

    /// <summary>The number of a parameter; the fallback where the signature has no place for it, null when it is not sure.</summary>
    internal long? Number(LayerParameter parameter, long? fallback = null)
    {
        if (signature.ValueOf(parameter) is { } always) return always;

        var names = signature.NamesOf(parameter);
        return arguments.Has(names) ? arguments.Number(names) : fallback;
    }

    /// <summary>True or false; false where the signature has no place for it, null when it is not sure.</summary>
    internal bool? Flag(LayerParameter parameter)
    {
        if (signature.ValueOf(parameter) is { } always) return always != 0;

        var names = signature.NamesOf(parameter);
        return arguments.Has(names) ? arguments.Flag(names) : false;
    }

    /// <summary>A word or the member of an enum, by its name.</summary>
    internal string? Word(LayerParameter parameter) => arguments.Word(signature.NamesOf(parameter));

    /// <summary>One number an axis; the fallback for all of them where the signature has no place for it, null when any is not sure.</summary>
    internal IReadOnlyList<long>? Axes(int rank, LayerParameter parameter, long fallback) => signature.ValueOf(parameter) is { } always
        ? Enumerable.Repeat(always, rank).ToArray()
        : arguments.Axes(rank, Enumerable.Repeat(fallback, rank).ToArray(), signature.NamesOf(parameter));

    /// <summary>The expression written for a parameter; null when it is left to its default.</summary>
    internal IOperation? Written(LayerParameter parameter) => arguments.Written(signature.NamesOf(parameter));

    /// <summary>The same as a list, empty when the parameter is left to its default.</summary>
    internal IReadOnlyList<IOperation> Where(LayerParameter parameter) => Written(parameter) is { } value ? [value] : [];
}

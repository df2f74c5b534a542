using System.Collections.Immutable;
using System.Runtime.InteropServices;
using LStep.Domain.Measuring;

namespace LStep.Domain.Packing;

/// <summary>Pieces that several packed forms share.</summary>
static class Optional
{
    /// <summary>Which of up to eight optional values follow: the first flag is bit 0.</summary>
    public static void Flags(ref PackWriter writer, params ReadOnlySpan<bool> present)
    {
        var bits = 0;
        for (var i = 0; i < present.Length; i++)
            if (present[i]) bits |= 1 << i;
        writer.Byte((byte)bits);
    }

    public static StatusTag Tag(ref PackReader reader) =>
        reader.Byte() is var tag && Enum.IsDefined((StatusTag)tag) ? (StatusTag)tag : throw PackReader.Corrupt($"tag {tag}");

    public static ImmutableArray<ulong> Hashes(ref PackReader reader) => Hashes(ref reader, reader.CountOf(8));

    public static ImmutableArray<ulong> Hashes(ref PackReader reader, int count)
    {
        if (count == 0) return [];
        var hashes = new ulong[count];
        reader.Fixed64(hashes);
        return ImmutableCollectionsMarshal.AsImmutableArray(hashes);
    }
}

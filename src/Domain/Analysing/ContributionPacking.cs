using System.Collections.Immutable;
using LStep.Domain.Packing;

namespace LStep.Domain.Analysing;

/// <summary>What was added for a customer, in a few bytes each: days as distances.</summary>
public static class ContributionPacking
{
    const int BytesEach = 6;

    static readonly PackedForm<ImmutableArray<Contribution>> Form = new(1, new PackFormat<ImmutableArray<Contribution>>(Write, Read));

    public static byte[] Pack(ImmutableArray<Contribution> contributions) => Form.Pack(contributions);

    /// <exception cref="InvalidDataException">The bytes are no packed contributions.</exception>
    public static ImmutableArray<Contribution> Unpack(ReadOnlySpan<byte> packed) => Form.Unpack(packed);

    static void Write(ref PackWriter writer, ImmutableArray<Contribution> contributions)
    {
        writer.Count(contributions.Length);
        var before = 0;
        foreach (var one in contributions)
        {
            writer.Byte((byte)one.Measure);
            writer.Signed(one.Day.DayNumber - before);
            before = one.Day.DayNumber;
            writer.Byte((byte)(one.From ?? 0));
            writer.Byte((byte)(one.To ?? 0));
            writer.Signed(one.Value);
            writer.Signed(one.Count);
        }
    }

    static ImmutableArray<Contribution> Read(ref PackReader reader)
    {
        var contributions = ImmutableArray.CreateBuilder<Contribution>(reader.CountOf(BytesEach));
        var day = 0L;
        while (contributions.Count < contributions.Capacity)
        {
            var measure = (Measure)reader.Byte();
            if (!Enum.IsDefined(measure)) throw PackReader.Corrupt($"measure {measure}");
            day += reader.Signed();
            contributions.Add(new Contribution(
                measure, PackReader.Date(day), Tag(ref reader), Tag(ref reader), Number(ref reader), Number(ref reader)));
        }
        return contributions.MoveToImmutable();
    }

    static StatusTag? Tag(ref PackReader reader) => reader.Byte() switch
    {
        0 => null,
        var tag when Enum.IsDefined((StatusTag)tag) => (StatusTag)tag,
        var tag => throw PackReader.Corrupt($"tag {tag}"),
    };

    static int Number(ref PackReader reader) =>
        reader.Signed() is var value && value is >= int.MinValue and <= int.MaxValue ? (int)value
            : throw PackReader.Corrupt("a number out of range");
}

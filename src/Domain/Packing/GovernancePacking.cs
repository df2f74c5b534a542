using System.Collections.Immutable;
using LStep.Domain.Deciding;

namespace LStep.Domain.Packing;

/// <summary>What people and the past allow; every field of Governance and of the records in it has its place here.</summary>
static class GovernancePacking
{
    public static void Write(ref PackWriter writer, Governance governance)
    {
        writer.Count(governance.Transitions);
        writer.Count(governance.Decisions);
        writer.Count(governance.Reviews);
        Optional.Flags(ref writer, governance.DwellFrom is not null, governance.ManualUntil is not null, governance.LockedUntil is not null,
            governance.Review is not null, governance.Withheld is not null,
            governance.Review?.Alerts is 1 or 3, governance.Review?.Alerts is 2 or 3);
        if (governance.DwellFrom is { } dwell) writer.Instant(dwell);
        if (governance.ManualUntil is { } manual) writer.Instant(manual);
        if (governance.LockedUntil is { } locked) writer.Instant(locked);
        if (governance.Review is { } review) Review(ref writer, review);
        if (governance.Withheld is { } withheld)
        {
            writer.Signed(withheld.RuleId);
            writer.Byte((byte)withheld.To);
            writer.Text(withheld.Hold);
        }
        writer.Count(governance.Moves.Length);
        foreach (var move in governance.Moves)
        {
            writer.Count(move.Number);
            writer.Byte((byte)(move.From ?? 0));
            writer.Byte((byte)move.To);
            writer.Instant(move.DueAt);
            writer.Byte((byte)move.Kind);
            writer.Byte(move.Undone ? (byte)1 : (byte)0);
        }
        writer.Count(governance.Silences.Length);
        foreach (var silence in governance.Silences)
        {
            writer.Byte((byte)silence.From);
            writer.Byte((byte)silence.To);
            writer.Instant(silence.Until);
        }
    }

    public static Governance Read(ref PackReader reader)
    {
        byte flags;
        return new Governance
        {
            Transitions = reader.Count(),
            Decisions = reader.Count(),
            Reviews = reader.Count(),
            DwellFrom = ((flags = reader.Byte()) & 1) != 0 ? reader.Instant() : null,
            ManualUntil = (flags & 2) != 0 ? reader.Instant() : null,
            LockedUntil = (flags & 4) != 0 ? reader.Instant() : null,
            Review = (flags & 8) != 0 ? Review(ref reader) with { Alerts = flags >> 5 & 3 } : null,
            Withheld = (flags & 16) != 0 ? new Withheld(RuleId(ref reader), Optional.Tag(ref reader), reader.Text()) : null,
            Moves = Moves(ref reader),
            Silences = Silences(ref reader),
        };
    }

    static ImmutableArray<RecentMove> Moves(ref PackReader reader)
    {
        var moves = ImmutableArray.CreateBuilder<RecentMove>(reader.CountOf(6));
        while (moves.Count < moves.Capacity)
            moves.Add(new RecentMove(
                reader.Count(), From(ref reader), Optional.Tag(ref reader), reader.Instant(), Kind(ref reader), reader.Byte() != 0));
        return moves.MoveToImmutable();
    }

    static ImmutableArray<Silence> Silences(ref PackReader reader)
    {
        var silences = ImmutableArray.CreateBuilder<Silence>(reader.CountOf(3));
        while (silences.Count < silences.Capacity)
            silences.Add(new Silence(Optional.Tag(ref reader), Optional.Tag(ref reader), reader.Instant()));
        return silences.MoveToImmutable();
    }

    static void Review(ref PackWriter writer, OpenReview review)
    {
        Span<byte> id = stackalloc byte[16];
        review.Id.TryWriteBytes(id);
        foreach (var part in id) writer.Byte(part);
        writer.Byte((byte)review.From);
        writer.Byte((byte)review.To);
        writer.Signed(review.RuleId);
        writer.Text(review.Rule);
        writer.Decimal(review.Confidence);
        writer.Count(review.Reasons.Length);
        foreach (var reason in review.Reasons) writer.Text(reason);
        writer.Instant(review.OpenedAt);
        writer.Count(review.DecisionNumber);
    }

    static OpenReview Review(ref PackReader reader)
    {
        Span<byte> id = stackalloc byte[16];
        foreach (ref var part in id) part = reader.Byte();
        return new OpenReview
        {
            Id = new Guid(id),
            From = Optional.Tag(ref reader),
            To = Optional.Tag(ref reader),
            RuleId = RuleId(ref reader),
            Rule = reader.Text(),
            Confidence = reader.Decimal(),
            Reasons = Texts(ref reader),
            OpenedAt = reader.Instant(),
            DecisionNumber = reader.Count(),
        };
    }

    static int RuleId(ref PackReader reader) =>
        reader.Signed() is var rule and >= int.MinValue and <= int.MaxValue ? (int)rule : throw PackReader.Corrupt("a rule out of range");

    static ImmutableArray<string> Texts(ref PackReader reader)
    {
        var texts = ImmutableArray.CreateBuilder<string>(reader.CountOf(1));
        while (texts.Count < texts.Capacity) texts.Add(reader.Text());
        return texts.MoveToImmutable();
    }

    static StatusTag? From(ref PackReader reader) => reader.Byte() switch
    {
        0 => null,
        var tag when Enum.IsDefined((StatusTag)tag) => (StatusTag)tag,
        var tag => throw PackReader.Corrupt($"tag {tag}"),
    };

    static TransitionKind Kind(ref PackReader reader) =>
        reader.Byte() is var kind && Enum.IsDefined((TransitionKind)kind) ? (TransitionKind)kind
            : throw PackReader.Corrupt($"transition kind {kind}");
}

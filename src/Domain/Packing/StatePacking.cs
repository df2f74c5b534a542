using System.Collections.Immutable;

namespace LStep.Domain.Packing;

/// <summary>
/// The packed forms in which the hot row holds a customer. Each begins with the version of its format; a change of a
/// format takes a new version and keeps reading the old one. Customer id, version and profile live in columns.
/// </summary>
public static class StatePacking
{
    const byte StateFormat = 1;
    const byte RecentFormat = 1;
    const byte StampsFormat = 1;

    public static byte[] Pack(CustomerState state)
    {
        var writer = new PackWriter(StateFormat);
        try
        {
            Optional.Flags(ref writer, state.PreviousTag is not null, state.ImportedAt is not null);
            writer.Byte((byte)state.Tag);
            writer.Instant(state.TagSince);
            writer.Instant(state.EvaluatedAt);
            if (state.PreviousTag is { } previous) writer.Byte((byte)previous);
            if (state.ImportedAt is { } imported) writer.Instant(imported);
            DaysPacking.Write(ref writer, state.Days);
            LifetimePacking.Write(ref writer, state.Lifetime, state.Days);
            GovernancePacking.Write(ref writer, state.Governance);
            return writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <exception cref="InvalidDataException">The bytes are no packed state.</exception>
    public static CustomerState Unpack(ReadOnlySpan<byte> packed, string customerId, long version, Profile profile, RecentMessages recent)
    {
        var reader = new PackReader(packed, StateFormat);
        var flags = reader.Byte();
        var tag = Optional.Tag(ref reader);
        var tagSince = reader.Instant();
        var evaluatedAt = reader.Instant();
        StatusTag? previous = (flags & 1) != 0 ? Optional.Tag(ref reader) : null;
        DateTimeOffset? imported = (flags & 2) != 0 ? reader.Instant() : null;
        var days = DaysPacking.Read(ref reader);
        var life = LifetimePacking.Read(ref reader, days);
        var governance = GovernancePacking.Read(ref reader);
        reader.End();
        return new CustomerState
        {
            CustomerId = customerId,
            Version = version,
            Tag = tag,
            TagSince = tagSince,
            PreviousTag = previous,
            EvaluatedAt = evaluatedAt,
            Profile = profile,
            Days = days,
            Lifetime = life,
            Governance = governance,
            Recent = recent,
            ImportedAt = imported,
        };
    }

    public static byte[] PackRecent(RecentMessages recent)
    {
        // The column's default: most customers of a day were not active in the last 48 h.
        if (recent.Hours.IsEmpty && recent.UnlistedHour == 0) return [];
        var writer = new PackWriter(RecentFormat);
        try
        {
            writer.Signed(recent.UnlistedHour);
            writer.Count(recent.Hours.Length);
            var before = 0L;
            foreach (var (hour, hashes) in recent.Hours)
            {
                writer.Signed(hour - before);
                writer.Count(hashes.Length);
                foreach (var hash in hashes) writer.Fixed64(hash);
                before = hour;
            }
            return writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <exception cref="InvalidDataException">The bytes are no packed ids.</exception>
    public static RecentMessages UnpackRecent(ReadOnlySpan<byte> packed)
    {
        if (packed.IsEmpty) return RecentMessages.Empty;
        var reader = new PackReader(packed, RecentFormat);
        var unlisted = reader.Signed();
        var hours = ImmutableArray.CreateBuilder<MessageHour>(reader.CountOf(2));
        var hour = 0L;
        while (hours.Count < hours.Capacity)
        {
            hour = unchecked(hour + reader.Signed());
            hours.Add(new MessageHour(hour, Optional.Hashes(ref reader)));
        }
        reader.End();
        return new RecentMessages(hours.MoveToImmutable(), unlisted);
    }

    /// <summary>One identify writes many traits: each stamp is written once, then which trait has which.</summary>
    public static byte[] PackStamps(ImmutableSortedDictionary<string, Stamp> stamps)
    {
        if (stamps.IsEmpty) return [];
        var writer = new PackWriter(StampsFormat);
        try
        {
            var distinct = stamps.Values.Distinct().ToList();
            writer.Count(distinct.Count);
            foreach (var stamp in distinct)
            {
                writer.Instant(stamp.At);
                writer.Text(stamp.MessageId);
            }
            writer.Count(stamps.Count);
            var index = distinct.Select((stamp, at) => (stamp, at)).ToDictionary(pair => pair.stamp, pair => pair.at);
            foreach (var (key, stamp) in stamps)
            {
                writer.Text(key);
                writer.Count(index[stamp]);
            }
            return writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <exception cref="InvalidDataException">The bytes are no packed stamps.</exception>
    public static ImmutableSortedDictionary<string, Stamp> UnpackStamps(ReadOnlySpan<byte> packed)
    {
        var stamps = Profile.Empty.Stamps.ToBuilder();
        if (packed.IsEmpty) return stamps.ToImmutable();
        var reader = new PackReader(packed, StampsFormat);
        var distinct = new Stamp[reader.CountOf(2)];
        for (var i = 0; i < distinct.Length; i++) distinct[i] = new Stamp(reader.Instant(), reader.Text());
        for (var left = reader.CountOf(2); left > 0; left--)
        {
            var key = reader.Text();
            var at = reader.Count();
            stamps[key] = at < distinct.Length ? distinct[at] : throw PackReader.Corrupt("a stamp that is not there");
        }
        reader.End();
        return stamps.ToImmutable();
    }
}

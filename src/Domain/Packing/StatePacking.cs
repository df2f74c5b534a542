using System.Collections.Immutable;

namespace LStep.Domain.Packing;

/// <summary>
/// The packed forms in which the hot row holds a customer. Each value begins with the number of its format; <see cref="PackedForm{T}"/>
/// says how a format is added. Customer id, version and profile live in columns.
/// </summary>
public static class StatePacking
{
    /// <summary>
    /// Format 1 counted each completion of a module or lesson, and knows no ids of them: what is read of it has to be counted anew from the
    /// log, so that it is read for that alone, and never written.
    /// </summary>
    static readonly PackedForm<CustomerState> States = new(
        written: 2,
        new PackFormat<CustomerState>(null, (ref PackReader reader) => ReadState(ref reader, modules: false)),
        new PackFormat<CustomerState>(WriteState, (ref PackReader reader) => ReadState(ref reader, modules: true)));

    static readonly PackedForm<RecentMessages> Recents = new(written: 1, new PackFormat<RecentMessages>(WriteRecent, ReadRecent));
    static readonly PackedForm<ImmutableSortedDictionary<string, Stamp>> AllStamps =
        new(written: 1, new PackFormat<ImmutableSortedDictionary<string, Stamp>>(WriteStamps, ReadStamps));

    /// <summary>The format in which states are written. What is stored in another one means something else.</summary>
    public static byte StateFormat => States.Written;

    public static byte[] Pack(CustomerState state) => States.Pack(state);

    /// <exception cref="InvalidDataException">The bytes are no packed state.</exception>
    public static CustomerState Unpack(
        ReadOnlySpan<byte> packed, string customerId, long version, Profile profile, RecentMessages recent) =>
        States.Unpack(packed) with { CustomerId = customerId, Version = version, Profile = profile, Recent = recent };

    // The column's default: most customers of a day were not active in the last 48 h.
    public static byte[] PackRecent(RecentMessages recent) => recent.Hours.IsEmpty && recent.UnlistedHour == 0 ? [] : Recents.Pack(recent);

    /// <exception cref="InvalidDataException">The bytes are no packed ids.</exception>
    public static RecentMessages UnpackRecent(ReadOnlySpan<byte> packed) => packed.IsEmpty ? RecentMessages.Empty : Recents.Unpack(packed);

    /// <summary>One identify writes many traits: each stamp is written once, then which trait has which.</summary>
    public static byte[] PackStamps(ImmutableSortedDictionary<string, Stamp> stamps) => stamps.IsEmpty ? [] : AllStamps.Pack(stamps);

    /// <exception cref="InvalidDataException">The bytes are no packed stamps.</exception>
    public static ImmutableSortedDictionary<string, Stamp> UnpackStamps(ReadOnlySpan<byte> packed) =>
        packed.IsEmpty ? Profile.Empty.Stamps : AllStamps.Unpack(packed);

    static void WriteState(ref PackWriter writer, CustomerState state)
    {
        Optional.Flags(
            ref writer, state.PreviousTag is not null, state.ImportedAt is not null, IsStream(state),
            // Versions that keep no tags pass over these bits.
            Keeps(state, 1), Keeps(state, 3), Keeps(state, 5), state.Kept?.IsWhole == true);
        writer.Byte((byte)state.Tag);
        writer.Instant(state.TagSince);
        writer.Instant(state.EvaluatedAt);
        if (state.PreviousTag is { } previous) writer.Byte((byte)previous);
        if (state.ImportedAt is { } imported) writer.Instant(imported);
        if (IsStream(state)) writer.Instant(state.FirstImportAt!.Value);
        DaysPacking.Write(ref writer, state.Days);
        LifetimePacking.Write(ref writer, state.Lifetime, state.Days);
        GovernancePacking.Write(ref writer, state.Governance);
    }

    static bool Keeps(CustomerState state, int place) => (state.Kept?.Tags >> place & 1) == 1;

    /// <summary>BT_002, BT_004 and BT_006; the others no event takes away. They belong to the day of the last evaluation.</summary>
    static KeptTags? Kept(byte flags, DateTimeOffset evaluatedAt) => (flags & 0b0111_1000) == 0 ? null : new KeptTags(
        evaluatedAt, (flags >> 3 & 1) << 1 | (flags >> 4 & 1) << 3 | (flags >> 5 & 1) << 5, (flags & 64) != 0);

    static bool IsStream(CustomerState state) => state.FirstImportAt is not null && state.FirstImportAt != state.ImportedAt;

    static CustomerState ReadState(ref PackReader reader, bool modules)
    {
        var flags = reader.Byte();
        var tag = Optional.Tag(ref reader);
        var tagSince = reader.Instant();
        var evaluatedAt = reader.Instant();
        StatusTag? previous = (flags & 1) != 0 ? Optional.Tag(ref reader) : null;
        DateTimeOffset? imported = (flags & 2) != 0 ? reader.Instant() : null;
        var first = (flags & 4) != 0 ? reader.Instant() : imported;
        var days = DaysPacking.Read(ref reader);
        return new CustomerState
        {
            CustomerId = "",
            Tag = tag,
            TagSince = tagSince,
            PreviousTag = previous,
            EvaluatedAt = evaluatedAt,
            Kept = Kept(flags, evaluatedAt),
            Profile = Profile.Empty,
            Days = days,
            Lifetime = LifetimePacking.Read(ref reader, days, modules),
            Governance = GovernancePacking.Read(ref reader),
            ImportedAt = imported,
            FirstImportAt = first,
        };
    }

    static void WriteRecent(ref PackWriter writer, RecentMessages recent)
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
    }

    static RecentMessages ReadRecent(ref PackReader reader)
    {
        var unlisted = reader.Signed();
        var hours = ImmutableArray.CreateBuilder<MessageHour>(reader.CountOf(2));
        var hour = 0L;
        while (hours.Count < hours.Capacity)
        {
            hour = unchecked(hour + reader.Signed());
            hours.Add(new MessageHour(hour, Optional.Hashes(ref reader)));
        }
        return new RecentMessages(hours.MoveToImmutable(), unlisted);
    }

    static void WriteStamps(ref PackWriter writer, ImmutableSortedDictionary<string, Stamp> stamps)
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
    }

    static ImmutableSortedDictionary<string, Stamp> ReadStamps(ref PackReader reader)
    {
        var stamps = Profile.Empty.Stamps.ToBuilder();
        var distinct = new Stamp[reader.CountOf(2)];
        for (var i = 0; i < distinct.Length; i++) distinct[i] = new Stamp(reader.Instant(), reader.Text());
        for (var left = reader.CountOf(2); left > 0; left--)
        {
            var key = reader.Text();
            var at = reader.Count();
            stamps[key] = at < distinct.Length ? distinct[at] : throw PackReader.Corrupt("a stamp that is not there");
        }
        return stamps.ToImmutable();
    }
}

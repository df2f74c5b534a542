using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace LStep.Domain.Measuring;

/// <summary>Merges the traits of an identify: per key the last write by event time wins, of equal times the greater messageId.</summary>
static class Identify
{
    /// <summary>
    /// Columns are always filled. Free traits that would pass a bound of the customer are left out, all those of the message, and so are
    /// names that are too long: then the item says so.
    /// </summary>
    public static ReceiptItem Merge(ref Profile profile, ref Lifetime life, Activity identify)
    {
        using var document = JsonDocument.Parse(identify.Properties);
        var written = WrittenTraits.Of(document.RootElement);
        var merge = new Merging(profile, new Stamp(identify.OccurredAt, identify.MessageId));
        foreach (var (key, trait) in written.Columns)
        {
            if (key == ProfileColumns.CurriculumCompletion && trait.Kind == TraitKind.Readable)
                life = Totals.WithCompletion(life, identify, TraitValues.Percent(trait.Value)!.Value);
            merge.Column(key, trait);
        }
        var columns = merge.Result();
        foreach (var (key, trait) in written.Columns) merge.Unreadable(key, trait);
        foreach (var (key, trait) in written.Free) merge.Free(key, trait);
        var all = merge.Result();
        var fits = Fits(all, columns);
        profile = fits ? all : columns;
        return !fits ? new ReceiptItem(RecordOutcome.Accepted, "too_many_traits", TooMany)
            : written.NamedTooLong > 0 ? new ReceiptItem(RecordOutcome.Accepted, "trait_name_too_long", TooLong)
            : new ReceiptItem(RecordOutcome.Accepted);
    }

    /// <summary>The consent of the activity's channel withdrawn, as an identify at its time would.</summary>
    public static Profile Withdrawn(Profile profile, Activity unsubscribed)
    {
        var columns = Withdrawals.Columns(unsubscribed.Subject);
        if (columns.Length == 0) return profile;
        using var document = JsonDocument.Parse("false");
        var merge = new Merging(profile, new Stamp(unsubscribed.OccurredAt, unsubscribed.MessageId));
        foreach (var column in columns) merge.Column(column, new WrittenTrait(column, 0, TraitKind.Readable, document.RootElement));
        return merge.Result();
    }

    static string TooMany { get; } =
        $"A customer has at most {Limits.TraitsPerCustomerMax} traits of {Limits.TraitBytesMax / 1024} KB in all, removed ones remembered: "
            + "the columns were filled, the free traits of this identify were left out.";

    static string TooLong { get; } = $"Traits whose names have more than {Limits.TraitNameCharsMax} characters were left out.";

    /// <summary>What is over a bound already may be replaced or made smaller.</summary>
    static bool Fits(Profile after, Profile before)
    {
        if (ReferenceEquals(after, before)) return true;
        return Fits(after.Traits.Count, before.Traits.Count, Limits.TraitsPerCustomerMax)
            && Fits(after.Stamps.Count, before.Stamps.Count, Limits.TraitStampsMax)
            && Fits(Bytes(after.Traits), Bytes(before.Traits), Limits.TraitBytesMax)
            && Fits(Bytes(after.Stamps), Bytes(before.Stamps), Limits.TraitStampBytesMax);
    }

    static bool Fits(int after, int before, int max) => after <= max || after <= before;

    static int Bytes(ImmutableSortedDictionary<string, string> traits)
    {
        var bytes = 0;
        foreach (var (name, value) in traits) bytes += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value);
        return bytes;
    }

    static int Bytes(ImmutableSortedDictionary<string, Stamp> stamps)
    {
        var bytes = 0;
        foreach (var (key, stamp) in stamps) bytes += Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(stamp.MessageId);
        return bytes;
    }

    /// <summary>
    /// The profile while one message is merged into it. A value that a column cannot hold stays in traits beside it and leaves the column
    /// as it was: such a trait has a stamp of its own, and goes with the next write of the column. Only an unknown tier empties its column.
    /// </summary>
    sealed class Merging(Profile before, Stamp stamp)
    {
        readonly ImmutableSortedDictionary<string, Stamp>.Builder stamps = before.Stamps.ToBuilder();
        readonly ImmutableSortedDictionary<string, string>.Builder traits = before.Traits.ToBuilder();
        readonly Dictionary<string, string> names = before.Traits.Keys.ToDictionary(TraitNames.Key, StringComparer.Ordinal);
        Profile profile = before;

        public Profile Result()
        {
            var (newStamps, newTraits) = (stamps.ToImmutable(), traits.ToImmutable());
            return ReferenceEquals(newStamps, profile.Stamps) && ReferenceEquals(newTraits, profile.Traits) ? profile
                : profile = profile with { Stamps = newStamps, Traits = newTraits };
        }

        public void Column(string key, in WrittenTrait trait)
        {
            if (trait.Kind == TraitKind.Unreadable && key != "tier") return;
            if (!Takes(key)) return;
            if (!(stamps.TryGetValue(Beside(key), out var unreadable) && unreadable.CompareTo(stamp) >= 0))
            {
                stamps.Remove(Beside(key));
                Remove(key);
            }
            profile = ProfileColumns.Cleared(profile, key);
            if (trait.Kind == TraitKind.Readable) profile = ProfileColumns.Filled(profile, key, trait.Value)!;
        }

        /// <summary>To be called after all columns.</summary>
        public void Unreadable(string key, in WrittenTrait trait)
        {
            if (trait.Kind != TraitKind.Unreadable) return;
            var known = stamps.TryGetValue(key, out var column) ? column.CompareTo(stamp) : -1;
            if (key == "tier" ? known == 0 : known < 0 && Takes(Beside(key))) Put(key, trait);
        }

        public void Free(string key, in WrittenTrait trait)
        {
            if (!Takes(key)) return;
            if (trait.Kind == TraitKind.Null) Remove(key);
            else Put(key, trait);
        }

        /// <summary>No name of a trait has a key with a space.</summary>
        static string Beside(string key) => key + " unreadable";

        bool Takes(string key)
        {
            if (stamps.TryGetValue(key, out var known) && known.CompareTo(stamp) >= 0) return false;
            stamps[key] = stamp;
            return true;
        }

        void Put(string key, in WrittenTrait trait)
        {
            Remove(key);
            names[key] = trait.Name;
            traits[trait.Name] = trait.Value.GetRawText();
        }

        void Remove(string key)
        {
            if (names.Remove(key, out var name)) traits.Remove(name);
        }
    }
}

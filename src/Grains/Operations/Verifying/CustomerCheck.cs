using System.Collections.Immutable;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Domain.Packing;
using LStep.Grains.Customers;

namespace LStep.Grains.Operations.Verifying;

/// <summary>What of one customer's rows does not follow from its log, its ledger and its decisions.</summary>
public static class CustomerCheck
{
    public static IEnumerable<Difference> Of(StoredAll stored, Rulebook book, DateTimeOffset overdueBefore)
    {
        var id = stored.Customer.Id;
        if (!stored.Customer.IsReadable) return [new Difference(id, "state", "What is stored of it cannot be read.")];
        return FromLog(stored, book.Calendar).Concat(Ledger(stored)).Concat(State(stored)).Concat(Decisions(stored))
            .Concat(Overdue(stored.Customer.State, book, overdueBefore))
            .Select(found => new Difference(id, found.What, found.Detail));
    }

    private static IEnumerable<(string What, string Detail)> FromLog(StoredAll stored, BusinessCalendar calendar) =>
        stored.IsCut ? [] : Receipts(stored, calendar, out var again).Concat(Daily(stored, again, calendar));

    /// <param name="again">What the log comes to.</param>
    private static List<(string What, string Detail)> Receipts(
        StoredAll stored, BusinessCalendar calendar, out CustomerState again)
    {
        var found = new List<(string What, string Detail)>();
        if (stored.Log.Count == 0) found.Add(("totals", "There is no entry in the log."));
        var recount = new Recount(stored.Customer.Id, stored.Log.Count > 0 ? stored.Log[0].RecordedAt : default, calendar);
        foreach (var turn in stored.Log.GroupBy(entry => entry.Version))
            if (recount.Take([.. turn.Select(entry => entry.Activity)], turn.First().RecordedAt) is > 0 and var refused)
                found.Add(("totals", $"Of the entries of version {turn.Key} {refused} would not be taken again."));
        again = recount.State;
        if (stored.Log.Count > 0) found.AddRange(Totals(stored, again, calendar));
        return found;
    }

    private static IEnumerable<(string What, string Detail)> Totals(StoredAll stored, CustomerState again, BusinessCalendar calendar)
    {
        var state = stored.Customer.State;
        var last = stored.Log[^1].RecordedAt;
        var today = calendar.DayOf(state.EvaluatedAt > last ? state.EvaluatedAt : last);
        if (!Days(again, today).SequenceEqual(Days(state, today)))
            yield return ("window", $"The windows of {today:yyyy-MM-dd} differ from the log's.");
        if (!Totals(again.Lifetime).SequenceEqual(Totals(state.Lifetime)))
            yield return ("totals", $"Stored {state.Lifetime}, by the log {again.Lifetime}.");
        if (!SameProfile(again.Profile, state.Profile))
            yield return ("profile", $"Stored {Told(state.Profile)}, by the log {Told(again.Profile)}.");
        if (stored.EnrolledAt != again.EnrolledAt)
            yield return ("profile", $"enrolled_at is {stored.EnrolledAt:O}, by the log {again.EnrolledAt:O}.");
        if (Kept(state, again, calendar) is { } kept) yield return ("behavior", kept);
    }

    /// <summary>Of a day of which a version that keeps no tags took in a part it cannot be said which are missing.</summary>
    private static string? Kept(CustomerState state, CustomerState again, BusinessCalendar calendar)
    {
        if (state.Kept is not { } kept) return null;
        var right = again.Kept is { } made && calendar.DayOf(made.At) == calendar.DayOf(kept.At) ? made.Tags : 0;
        return (kept.IsWhole ? kept.Tags == right : (kept.Tags & ~right) == 0) ? null
            : $"Of {calendar.DayOf(kept.At):yyyy-MM-dd} the behaviour tags {kept.Tags:b8} are kept, by the log {right:b8}.";
    }

    private static IEnumerable<(string What, string Detail)> Ledger(StoredAll stored)
    {
        LedgerEntry? before = null;
        foreach (var entry in stored.Ledger)
        {
            if (entry.Number != (before?.Number ?? 0) + 1)
                yield return ("ledger", $"Row {entry.Number} follows row {before?.Number ?? 0}.");
            if (entry.From != before?.To) yield return ("ledger",
                $"Row {entry.Number} starts from {entry.From?.Code() ?? "nothing"}, row before ends in {before?.To.Code() ?? "nothing"}.");
            if (before is not null && before.ValidUntil != entry.DueAt)
                yield return ("ledger", $"Row {before.Number} is valid until {before.ValidUntil:O}, the next is due {entry.DueAt:O}.");
            if (before is { IsCurrent: true })
                yield return ("ledger", $"Row {before.Number} is current although row {entry.Number} follows.");
            before = entry;
        }
        var state = stored.Customer.State;
        if (before is not { IsCurrent: true }) yield return ("ledger", "The last row is not current.");
        if (before?.To != state.Tag)
            yield return ("ledger", $"The last row ends in {before?.To.Code() ?? "nothing"}, the state is {state.Tag.Code()}.");
        if (stored.Ledger.Count != state.Governance.Transitions)
            yield return ("ledger", $"{stored.Ledger.Count} rows, the state counts {state.Governance.Transitions}.");
    }

    private static IEnumerable<(string What, string Detail)> State(StoredAll stored)
    {
        var state = stored.Customer.State;
        if (stored.TagColumn != state.Tag.Code())
            yield return ("state", $"The tag column says {stored.TagColumn}, the state {state.Tag.Code()}.");
        if (stored.TagSinceColumn != state.TagSince)
            yield return ("state", $"The tag_since column says {stored.TagSinceColumn:O}, the state {state.TagSince:O}.");
        if (stored.Shard != Shards.Of(state.CustomerId))
            yield return ("state", $"It is kept in shard {stored.Shard}, and belongs in {Shards.Of(state.CustomerId)}.");
        var open = state.Governance.Review is { } review ? [review.Id] : Array.Empty<Guid>();
        if (!open.SequenceEqual(stored.OpenReviews))
            yield return ("review", $"Open are [{string.Join(", ", stored.OpenReviews)}], the state says [{string.Join(", ", open)}].");
    }

    private static IEnumerable<(string What, string Detail)> Decisions(StoredAll stored)
    {
        if (stored.Decisions.Count != stored.Customer.State.Governance.Decisions)
            yield return ("decision", $"{stored.Decisions.Count} records, the state counts {stored.Customer.State.Governance.Decisions}.");
        foreach (var (number, record) in stored.Decisions)
            if (Redecide(record) is { } difference) yield return ("decision", $"Record {number}: {difference}");
    }

    private static string? Redecide(string record)
    {
        try
        {
            var again = DecisionRecord.Redecide(record);
            return again.Same ? null : $"it says {again.Stored}, decided again it is {again.Again}.";
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    private static IEnumerable<(string What, string Detail)> Daily(StoredAll stored, CustomerState log, BusinessCalendar calendar)
    {
        if (!stored.DailyFollowed) yield break;
        var days = Domain.Measuring.Windows.OfLog(
            stored.Log.Select(entry => entry.Activity), calendar, log.Lifetime.CompletedModules);
        var start = calendar.DayOf(stored.Customer.State.Start);
        var again = days.Select(day => DailyRow.Of(days, day.Date, start)).OfType<DailyRow>().ToDictionary(row => row.Date);
        foreach (var row in stored.Daily)
            if (!again.Remove(row.Date, out var right))
                yield return ("daily_rows", $"The log has nothing for the row of {row.Date:yyyy-MM-dd}.");
            else if (right != row) yield return ("daily_rows", $"Stored {row}, by the log {right}.");
        foreach (var missing in again.Keys.Order()) yield return ("daily_rows", $"The row of {missing:yyyy-MM-dd} is missing.");
    }

    /// <summary>Looks from the last midnight on: what was missed earlier is still due there.</summary>
    private static IEnumerable<(string What, string Detail)> Overdue(CustomerState state, Rulebook book, DateTimeOffset before)
    {
        if (before <= state.EvaluatedAt) yield break;
        var from = book.Calendar.StartOf(book.Calendar.DayOf(before)).AddMilliseconds(-1);
        var step = Lifecycle.CatchUp(state, book, before, before, checkedUpTo: from);
        foreach (var move in step.Transitions)
            yield return ("overdue", $"{move.From?.Code()} to {move.To.Code()} by {move.Rule} has been due since {move.DueAt:O}.");
        if (step.Transitions.IsEmpty && step.HasChanges) yield return ("overdue", $"A review has been due since {step.At:O} or earlier.");
    }

    private static byte[] Days(CustomerState state, DateOnly today) =>
        StatePacking.Pack(Bare with { Days = Domain.Measuring.Windows.Prune(state, today).Days });

    // A column of its own holds the sessions of the last day as the state shares them; here they are written out.
    private static byte[] Totals(Lifetime life) => StatePacking.Pack(Bare with { Lifetime = life });

    private static bool SameProfile(Profile one, Profile other) =>
        Told(one) == Told(other) && StatePacking.PackStamps(one.Stamps).SequenceEqual(StatePacking.PackStamps(other.Stamps));

    private static string Told(Profile profile) =>
        (profile with { Traits = Profile.Empty.Traits, Stamps = Profile.Empty.Stamps })
            .ToString() + StoredProfile.TraitsJson(profile.Traits);

    private static CustomerState Bare { get; } = new()
    {
        CustomerId = "", Tag = StatusTag.Active, TagSince = default, EvaluatedAt = default, Profile = Profile.Empty,
        Governance = Governance.Empty,
    };
}

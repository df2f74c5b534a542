using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Domain.Packing;
using LStep.Grains.Operations.Verifying;

namespace LStep.Workbench.Simulation;

/// <summary>What must be true of everything that is kept when a run is over.</summary>
internal sealed class Inspection(
    SimulationSettings settings, SimulatedClients clients, Rulebook book, DateTimeOffset now, Findings findings)
{
    public void Look(IReadOnlyList<StoredAll> all)
    {
        Messages(all);
        foreach (var stored in all)
        {
            // The oracle of `lstep verify`: windows, totals and profile from the log, an unbroken ledger, decisions decided again, nothing
            // due.
            foreach (var difference in CustomerCheck.Of(stored, book, now))
                findings.Add($"{difference.CustomerId} {difference.What}: {difference.Detail}");
            InAnyOrder(stored);
            if (settings.IsStraight) WithoutFaults(stored);
        }
        findings.Count("activities", all.Sum(stored => stored.Log.Count));
        findings.Count("transitions", all.Sum(stored => stored.Ledger.Count));
        findings.Count("decisions", all.Sum(stored => stored.Decisions.Count));
    }

    private void Messages(IReadOnlyList<StoredAll> all)
    {
        var kept = all.SelectMany(stored => stored.Log).CountBy(entry => (entry.CustomerId, entry.Activity.MessageId)).ToDictionary();
        foreach (var message in clients.Made)
        {
            kept.Remove((message.Customer, message.Activity.MessageId), out var times);
            if (times > 1) findings.Add($"{message.Activity.MessageId} of {message.Customer} was applied {times} times.");
            if (times == 0 && message.IsAcknowledged)
                findings.Add($"{message.Activity.MessageId} of {message.Customer} was acknowledged and is lost.");
        }
        foreach (var (customer, message) in kept.Keys) findings.Add($"{message} of {customer} was never sent.");
    }

    /// <summary>Windows, totals and profile are the same when everything comes at once and backwards.</summary>
    private void InAnyOrder(StoredAll stored)
    {
        var (state, today) = (stored.Customer.State, settings.Calendar.DayOf(now));
        var backwards = stored.Log.Select(entry => entry.Activity).Reverse().ToList();
        var again = Domain.Measuring.Windows.Prune(
            Admission.Admit(Nobody(state.CustomerId), backwards, settings.Calendar, now).State, today);
        state = Domain.Measuring.Windows.Prune(state, today);
        if (!Bare(again).SequenceEqual(Bare(state))) findings.Add($"{state.CustomerId}: windows or totals depend on the order of arrival.");
        if (!Told(again.Profile).SequenceEqual(Told(state.Profile)))
            findings.Add($"{state.CustomerId}: the profile depends on the order of arrival.");
    }

    /// <summary>
    /// The same turns, taken by one process that nothing ever happened to. Downtime, crashes and strangers' commits must not show: not in
    /// the ledger, not in when something became due, not in the number of decisions and reviews.
    /// </summary>
    private void WithoutFaults(StoredAll stored)
    {
        CustomerState? state = null;
        var ledger = new List<Transition>();
        var lessons = new CompletedLessons();
        foreach (var turn in stored.Log.GroupBy(entry => entry.Version))
        {
            Activity[] taken = [.. turn.Select(entry => entry.Activity)];
            Take(Lifecycle.Record(stored.Customer.Id, state, taken, book, turn.First().RecordedAt, lessons: lessons));
            lessons.Add(taken, book.Calendar);
        }
        Take(Lifecycle.CatchUp(state!, book, now, now));

        var (kept, governance) = (stored.Customer.State, stored.Customer.State.Governance);
        for (var i = 0; i < Math.Max(ledger.Count, stored.Ledger.Count); i++)
        {
            var (expected, actual) = (Text(ledger.ElementAtOrDefault(i)), Text(stored.Ledger.ElementAtOrDefault(i)));
            if (expected != actual) findings.Add($"{kept.CustomerId} ledger row {i + 1}: without faults {expected}, kept is {actual}.");
        }
        if ((governance.Decisions, governance.Reviews, governance.Review?.Id) is var counted
            && counted != (state!.Governance.Decisions, state.Governance.Reviews, state.Governance.Review?.Id))
            findings.Add(
                $"{kept.CustomerId}: without faults {state.Governance.Decisions} decisions and {state.Governance.Reviews} reviews, kept "
                    + $"are {counted}.");

        void Take(Step step)
        {
            state = step.After;
            ledger.AddRange(step.Transitions);
        }
    }

    private static string? Text(Transition? row) =>
        row is null ? null : $"{row.Number} {row.From?.Code()} to {row.To.Code()} due {row.DueAt:O}";

    private static string? Text(LedgerEntry? row) =>
        row is null ? null : $"{row.Number} {row.From?.Code()} to {row.To.Code()} due {row.DueAt:O}";

    private CustomerState Nobody(string id) => new()
    {
        CustomerId = id, Tag = StatusTag.Active, TagSince = now, EvaluatedAt = now, Profile = Profile.Empty, Governance = Governance.Empty,
    };

    private byte[] Bare(CustomerState state) =>
        StatePacking.Pack(Nobody(state.CustomerId) with { Days = state.Days, Lifetime = state.Lifetime });

    private static IEnumerable<string> Told(Profile profile) =>
    [
        (profile with { Traits = Profile.Empty.Traits, Stamps = Profile.Empty.Stamps }).ToString(),
        .. profile.Traits.Select(trait => $"{trait.Key}={trait.Value}"),
        .. profile.Stamps.Select(stamp => $"{stamp.Key}@{stamp.Value}"),
    ];
}

using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Domain.Measuring;
using LStep.Domain.Packing;
using LStep.Grains.Operations.Verifying;

namespace LStep.Workbench.Simulation;

/// <summary>What must be true of everything that is kept when a run is over.</summary>
internal sealed class Inspection(
    SimulationSettings settings, SimulatedClients clients, Rulebook book, DateTimeOffset now, Findings findings)
{
    private static readonly CampaignSet TheCampaigns = DefaultCampaigns.Version1(DateTimeOffset.UnixEpoch);

    public void Look(IReadOnlyList<StoredAll> all, IReadOnlyList<KeptCause> causes)
    {
        Messages(all);
        var follow = causes.ToLookup(one => one.Customer, one => one.Cause, StringComparer.Ordinal);
        foreach (var stored in all)
        {
            // The oracle of `lstep verify`: windows, totals and profile from the log, an unbroken ledger, decisions decided again, nothing
            // due.
            foreach (var difference in CustomerCheck.Of(stored, book, now))
                findings.Add($"{difference.CustomerId} {difference.What}: {difference.Detail}");
            InAnyOrder(stored);
            Campaigns(stored, follow[stored.Customer.Id]);
            if (settings.IsStraight) WithoutFaults(stored, follow[stored.Customer.Id]);
        }
        findings.Count("causes of campaigns", causes.Count);
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
    /// Every row of the ledger but the first one of an import starts campaigns, once, and nothing does that is in no ledger.
    /// </summary>
    private void Campaigns(StoredAll stored, IEnumerable<StepCause> causes)
    {
        var imported = stored.Log.Where(entry => entry.Version == 1).All(entry => entry.Activity.Origin == ActivityOrigin.Import);
        var expected = stored.Ledger.Skip(imported ? 1 : 0).Select(
            row => new StepCause(CauseKind.Transition, row.Number, row.To, row.DueAt)).ToHashSet();
        var all = causes.ToList();
        var actual = all.Where(cause => cause.Kind == CauseKind.Transition).ToList();
        foreach (var missing in expected.Except(actual))
            findings.Add(Findings.WithoutActions, $"{stored.Customer.Id}: campaigns know nothing of ledger row {missing.Number}.");
        foreach (var invented in actual.Except(expected))
            findings.Add(
                Findings.WithoutTransition,
                $"{stored.Customer.Id}: campaigns follow from row {invented.Number}, which the ledger has not so.");
        foreach (var (key, times) in Keys(stored, all).CountBy(key => key).Where(one => one.Value > 1))
            findings.Add(Findings.SendsDoubled, $"{stored.Customer.Id}: {key} is the key of {times} sends.");
        if (all.Exists(cause => cause.Kind == CauseKind.HighValueReview && cause.Number > stored.Customer.State.Governance.Reviews))
            findings.Add($"{stored.Customer.Id}: campaigns follow from a review that was never opened.");
    }

    /// <summary>Of every send that follows, were it planned now: receivers know a send again by nothing else.</summary>
    private IEnumerable<Guid> Keys(StoredAll stored, List<StepCause> causes)
    {
        var from = stored.Ledger.ToLookup(row => row.Number, row => row.From);
        return causes.SelectMany(cause => CampaignMatching.Of(
            TheCampaigns, new CampaignCause(
                cause.Kind, cause.Number, from[cause.Number].FirstOrDefault(), cause.Tag, cause.DueAt, FirstTime: true, cause.Alert),
            stored.Customer.State, settings.Calendar, now)
            .Select(action => SendKeys.Of(stored.Customer.Id, cause.Kind, cause.Number, action.Campaign, action.Step)));
    }

    /// <summary>
    /// The same turns, taken by one process that nothing ever happened to. Downtime, crashes and strangers' commits must not show: not in
    /// the ledger, not in when something became due, not in the number of decisions and reviews.
    /// </summary>
    private void WithoutFaults(StoredAll stored, IEnumerable<StepCause> causes)
    {
        CustomerState? state = null;
        var starts = new Dictionary<(CauseKind, int), StepCause>();
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

        if (!starts.Values.ToHashSet().SetEquals(causes))
            findings.Add($"{kept.CustomerId}: without faults campaigns follow from [{Text(starts.Values)}], kept is [{Text(causes)}].");

        void Take(Step step)
        {
            state = step.After;
            ledger.AddRange(step.Transitions);
            foreach (var cause in step.Causes) starts.TryAdd((cause.Kind, cause.Number), cause);
        }
    }

    private static string? Text(Transition? row) =>
        row is null ? null : $"{row.Number} {row.From?.Code()} to {row.To.Code()} due {row.DueAt:O}";

    private static string? Text(LedgerEntry? row) =>
        row is null ? null : $"{row.Number} {row.From?.Code()} to {row.To.Code()} due {row.DueAt:O}";

    private static string Text(IEnumerable<StepCause> causes) =>
        string.Join(", ", causes.Select(cause => $"{cause.Kind} {cause.Number} {cause.Tag.Code()} due {cause.DueAt:O}").Order());

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

using System.Collections.Immutable;
using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Domain.Packing;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Time;

namespace LStep.Workbench.Simulation;

/// <summary>The rows of one customer in all tables.</summary>
internal sealed class MemoryCustomer(Step first)
{
    private readonly DateTimeOffset createdAt = first.At;
    private readonly short shard = Shards.Of(first.After.CustomerId);
    private readonly List<LogEntry> log = [];
    private readonly List<LedgerEntry> ledger = [];
    private readonly List<HistoryRow> history = [];
    private readonly List<(int Number, string Record)> decisions = [];
    private readonly Dictionary<Guid, ReviewChange> reviews = [];
    private readonly SortedDictionary<(CauseKind Kind, int Number), StepCause> causes = [];
    private byte[] state = [], recent = [];
    private Profile profile = Profile.Empty;
    private DateTimeOffset enrolledAt;
    private StatusTag tag;
    private DateTimeOffset tagSince;

    public string Id { get; } = first.After.CustomerId;

    public long Version { get; private set; }

    public DateTimeOffset? NextCheckAt { get; set; }

    public DateTimeOffset CreatedAt => createdAt;

    public short Shard => shard;

    public bool IsIn(ShardRange shards) => shard >= shards.First && shard <= shards.Last;

    public StoredCustomer Read(bool withRecent) => new(
        StatePacking.Unpack(state, Id, Version, profile, withRecent ? StatePacking.UnpackRecent(recent) : RecentMessages.Empty),
        NextCheckAt, createdAt);

    public HashSet<string> Known(IReadOnlyList<Activity> activities)
    {
        var received = log.ToLookup(entry => entry.Activity.MessageId, entry => entry.Activity.ReceivedAt, StringComparer.Ordinal);
        return [.. activities.Where(activity => received[activity.MessageId].Any(at => at >= Since(activity))).Select(
            activity => activity.MessageId)];
    }

    public CompletedLessons Lessons(IReadOnlyList<DateOnly> days, BusinessCalendar calendar)
    {
        var lessons = new CompletedLessons();
        lessons.Add(log.Select(entry => entry.Activity).Where(activity => days.Contains(calendar.DayOf(activity.OccurredAt))), calendar);
        return lessons;
    }

    public ImmutableArray<HistoryRow> History() => [.. history];

    public void Write(Step step, CommitKind kind)
    {
        var after = step.After;
        (Version, tag, tagSince) = (after.Version, after.Tag, after.TagSince);
        (state, recent) = (StatePacking.Pack(after), StatePacking.PackRecent(after.Recent));
        NextCheckAt = step.Before is null || kind == CommitKind.TimeDriven ? step.NextCheckAt : Least(NextCheckAt, step.NextCheckAt);
        if (step.ProfileChanged)
            (profile, enrolledAt) = (after.Profile, after.Profile.EnrolledAtTrait ?? after.Lifetime.FirstEventAt ?? step.At);
        for (var i = 0; i < step.Accepted.Length; i++) log.Add(new LogEntry(Id, Version, i, step.At, 0, step.Accepted[i]));
        decisions.AddRange(step.Decisions.Select(decision => (decision.Number, decision.Json)));
        foreach (var review in step.Reviews) reviews[review.Id] = review;
        foreach (var transition in step.Transitions) Enter(transition);
        foreach (var cause in step.Causes) causes.TryAdd((cause.Kind, cause.Number), cause);
    }

    public IEnumerable<KeptCause> Causes() => causes.Values.Select(cause => new KeptCause(Id, cause));

    public StoredAll All() => new(
        Read(withRecent: true), tag.Code(), tagSince, shard, enrolledAt, log, ledger, decisions,
        [.. reviews.Values.Where(review => review.Status == ReviewStatus.Open).Select(review => review.Id)], Daily: [],
        DailyFollowed: false);

    private void Enter(Transition transition)
    {
        if (ledger.Count > 0) ledger[^1] = ledger[^1] with { IsCurrent = false, ValidUntil = transition.DueAt };
        ledger.Add(
            new LedgerEntry(Id, transition.Number, transition.From, transition.To, transition.DueAt, IsCurrent: true, ValidUntil: null));
        if (transition.UndoesNumber is { } undone) history[undone - 1] = history[undone - 1] with { Undone = true };
        history.Add(new HistoryRow(
            transition.Number, transition.From, transition.To, transition.DueAt, transition.Kind, Undone: false));
    }

    private static DateTimeOffset Since(Activity activity) =>
        activity.Origin == ActivityOrigin.Import ? DateTimeOffset.UnixEpoch : activity.ReceivedAt.AddHours(-Limits.RecentMessageHours);

    private static DateTimeOffset? Least(DateTimeOffset? one, DateTimeOffset? other) => other is null || one <= other ? one : other;
}

using System.Collections.Immutable;
using LStep.Domain.Deciding;

namespace LStep.Domain.Tests.Deciding;

/// <summary>One customer whose life a test tells through the real Lifecycle; keeps everything that came of it.</summary>
sealed class Learner
{
    public static readonly DateTimeOffset Origin = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static readonly Person Ada = new("ada", "key-1");

    readonly SortedDictionary<int, HistoryRow> history = [];
    int messages;

    public Learner(string id = "learner", Rulebook? book = null)
    {
        Id = id;
        Book = book ?? new Rulebook(DefaultRules.Version1(Origin), new Policy(), BusinessCalendar.Utc);
    }

    public string Id { get; }

    public Rulebook Book { get; set; }

    public DateTimeOffset Now { get; private set; } = Origin;

    public CustomerState? Known { get; private set; }

    public CustomerState State
    {
        get => Known!;
        set => Known = value;
    }

    public List<Transition> Transitions { get; } = [];

    public List<StoredDecision> Decisions { get; } = [];

    public List<ReviewChange> Reviews { get; } = [];

    /// <summary>What campaigns follow from.</summary>
    public List<StepCause> Causes { get; } = [];

    public Step? Last { get; private set; }

    public ActRefusal Refusal { get; private set; }

    public StatusTag Tag => State.Tag;

    public OpenReview? Review => State.Governance.Review;

    public IEnumerable<string> Path => Transitions.Select(row => row.To.Code()[3..]);

    /// <summary>Days, hours and minutes after the origin.</summary>
    public static DateTimeOffset T(double days = 0, double hours = 0, double minutes = 0) =>
        Origin + TimeSpan.FromMinutes(Math.Round(days * 1440 + hours * 60 + minutes, 3));

    public Learner At(double days, double hours = 0, double minutes = 0)
    {
        Now = T(days, hours, minutes);
        return this;
    }

    public Learner Is(string traits) => Does((ActivityType.Identify, null, traits));

    public Learner Does(params ActivityType[] types) => Does([.. types.Select(type => (type, (decimal?)null, "{}"))]);

    public Learner Scores(params decimal[] scores) =>
        Does([.. scores.Select(score => (ActivityType.AssessmentTaken, (decimal?)score, "{}"))]);

    public Learner Does(params (ActivityType Type, decimal? Score, string Properties)[] what) =>
        Record([.. what.Select(one => Make(one.Type, one.Score, one.Properties))]);

    public Activity Make(ActivityType type, decimal? score = null, string properties = "{}", DateTimeOffset? at = null,
        ActivityOrigin origin = ActivityOrigin.Live, bool final = false, decimal? completion = null) => new()
    {
        MessageId = $"{Id}-{++messages}", Type = type, OccurredAt = at ?? Now, ReceivedAt = Now, Score = score, Properties = properties,
        Origin = origin, Final = final, CurriculumCompletion = completion,
    };

    public Learner Record(params Activity[] activities) => Take(Lifecycle.Record(Id, Known, activities, Book, Now));

    /// <summary>Lets time pass with a catch-up at its end only.</summary>
    public Learner Until(double days, double hours = 0, double minutes = 0)
    {
        Now = T(days, hours, minutes);
        return Take(Lifecycle.CatchUp(State, Book, Now, Now));
    }

    /// <summary>Lets time pass as in live operation: a catch-up at every next check and midnight.</summary>
    public Learner LiveUntil(DateTimeOffset end)
    {
        var cursor = State.EvaluatedAt;
        while (true)
        {
            var next = Book.Calendar.NextMidnight(cursor);
            if (NextCheck.After(State, Book, cursor) is { } check && check < next) next = check;
            if (next > end) break;
            Now = next;
            Take(Lifecycle.CatchUp(State, Book, next, next, checkedUpTo: cursor));
            cursor = next;
        }
        Now = end;
        return this;
    }

    /// <summary>A person acts; what became of it is in <see cref="Refusal"/>.</summary>
    public Learner Acts(CustomerAct act)
    {
        var acted = Lifecycle.Act(State, act, Book, Now, [.. history.Values]);
        Refusal = acted.Refusal;
        return Take(acted.Step);
    }

    public Learner Approves(string? note = null) => Acts(new ApproveReview(Ada, Review!.Id, note));

    public Learner Rejects(string? note = null) => Acts(new RejectReview(Ada, Review!.Id, note));

    public Learner Sets(StatusTag tag, DateTimeOffset? lockedUntil = null) => Acts(new OverrideTag(Ada, tag, "as agreed", lockedUntil));

    public Learner Undoes(params int[] numbers) => Acts(new UndoTransitions(Ada, [.. numbers], Cascade: false, Note: null));

    public Learner Evaluate() => Take(Lifecycle.Evaluate(State, Book, Now));

    public EvaluationView Explain() => Lifecycle.Explain(State, Book, Now);

    public Learner With(Func<Governance, Governance> governance)
    {
        State = State with { Governance = governance(State.Governance) };
        return this;
    }

    public Learner Tagged(StatusTag tag, DateTimeOffset since)
    {
        State = State with { Tag = tag, TagSince = since };
        return this;
    }

    public Learner Allowing(Func<Policy, Policy> policy)
    {
        Book = Book with { Policy = policy(Book.Policy) };
        return this;
    }

    Learner Take(Step step)
    {
        Last = step;
        if (!step.HasChanges) return this;
        Assert.Equal((step.Before?.Version ?? 0) + 1, step.After.Version);
        Known = step.After;
        Transitions.AddRange(step.Transitions);
        foreach (var row in step.Transitions)
        {
            if (row.UndoesNumber is { } undone) history[undone] = history[undone] with { Undone = true };
            history.Add(row.Number, new HistoryRow(row.Number, row.From, row.To, row.DueAt, row.Kind, Undone: false));
        }
        Decisions.AddRange(step.Decisions);
        Reviews.AddRange(step.Reviews);
        Causes.AddRange(step.Causes);
        return this;
    }
}

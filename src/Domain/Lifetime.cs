using System.Collections.Immutable;

namespace LStep.Domain;

/// <summary>The latest of something by event time, of equal times by the greater messageId.</summary>
public readonly record struct Latest<T>(DateTimeOffset At, string MessageId, T Value);

/// <summary>Totals that no window forgets. Every field comes out the same in any order of arrival.</summary>
public sealed record Lifetime
{
    public static Lifetime Empty { get; } = new();

    /// <summary>Records of learner activities.</summary>
    public long Activities { get; init; }
    public int Lessons { get; init; }
    public int Modules { get; init; }
    public int Assessments { get; init; }
    public int ScoredAssessments { get; init; }
    public decimal ScoreSum { get; init; }

    /// <summary>Best score of an assessment marked final.</summary>
    public decimal? BestFinal { get; init; }

    public Latest<decimal>? CurriculumCompletion { get; init; }
    public Latest<decimal>? Nps { get; init; }

    /// <summary>Earliest occurredAt of any event of the customer, identify among them.</summary>
    public DateTimeOffset? FirstEventAt { get; init; }

    public DateTimeOffset? FirstLearnerActivityAt { get; init; }

    /// <summary>Latest learner activity.</summary>
    public DateTimeOffset? LastActivityAt { get; init; }

    /// <summary>Latest login activity; a session's start is a login too, see <see cref="LastLoginAt"/>.</summary>
    public DateTimeOffset? LastLoginEventAt { get; init; }

    /// <summary>
    /// The sessions of the latest active day, also when no window holds that day any more: a late activity can join two
    /// sessions and so move a start back, which a running maximum could not follow.
    /// </summary>
    public ImmutableArray<SessionRun> LastDaySessions { get; init; } = [];

    /// <summary>Latest login or start of a session.</summary>
    public DateTimeOffset? LastLoginAt =>
        LastDaySessions.IsEmpty || LastLoginEventAt > LastDaySessions[^1].First ? LastLoginEventAt : LastDaySessions[^1].First;

    public DateTimeOffset? LastModuleAt { get; init; }
    public DateTimeOffset? LastPaymentAt { get; init; }
    public DateTimeOffset? LastPaymentFailedAt { get; init; }
}

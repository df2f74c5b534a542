using System.Collections.Immutable;

namespace LStep.Domain;

/// <summary>The latest of something by event time, of equal times by the greater messageId.</summary>
public readonly record struct Latest<T>(DateTimeOffset At, string MessageId, T Value);

/// <summary>The earliest completion of a module, which is named by the 64-bit hash of its moduleId.</summary>
public readonly record struct CompletedModule(ulong Hash, DateTimeOffset At);

/// <summary>Totals that no window forgets. Every field comes out the same in any order of arrival.</summary>
public sealed record Lifetime
{
    public static Lifetime Empty { get; } = new();

    /// <summary>Records of learner activities.</summary>
    public long Activities { get; init; }

    /// <summary>The sum of what each day counts.</summary>
    public int Lessons { get; init; }

    /// <summary>Completions without a moduleId, and each moduleId once.</summary>
    public int Modules { get; init; }

    /// <summary>Ascending by hash; at most Limits.ModulesPerCustomerMax, the smallest hashes kept.</summary>
    public ImmutableArray<CompletedModule> CompletedModules { get; init; } = [];

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

    /// <summary>Latest completion of a module without a moduleId.</summary>
    public DateTimeOffset? LastUnnamedModuleAt { get; init; }

    /// <summary>The latest of the completions that count.</summary>
    public DateTimeOffset? LastModuleAt
    {
        get
        {
            var last = LastUnnamedModuleAt;
            foreach (var module in CompletedModules)
                if (!(last >= module.At)) last = module.At;
            return last;
        }
    }

    public DateTimeOffset? LastPaymentAt { get; init; }
    public DateTimeOffset? LastPaymentFailedAt { get; init; }
}

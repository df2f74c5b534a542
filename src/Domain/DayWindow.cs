using System.Collections.Immutable;
using LStep.Domain.Measuring;

namespace LStep.Domain;

/// <summary>A run of learner activities with gaps of at most 30 minutes.</summary>
public readonly record struct SessionRun(DateTimeOffset First, DateTimeOffset Last);

/// <summary>One customer's one active business day. Every field is exact and comes out the same in any order of arrival.</summary>
public sealed record DayWindow
{
    public required DateOnly Date { get; init; }

    /// <summary>Ascending, disjoint by more than 30 minutes.</summary>
    public ImmutableArray<SessionRun> Sessions { get; init; } = [];

    /// <summary>64-bit hashes of the distinct features used, ascending; at most Limits.FeaturesPerDayMax, the smallest kept.</summary>
    public ImmutableArray<ulong> Features { get; init; } = [];

    public int PageViews { get; init; }

    /// <summary>Completions without a lessonId, and each lessonId once.</summary>
    public int Lessons { get; init; }

    /// <summary>64-bit hashes of the lessons completed, ascending; at most Limits.LessonsPerDayMax, the smallest kept.</summary>
    public ImmutableArray<ulong> LessonIds { get; init; } = [];

    public int Assessments { get; init; }
    public int ScoredAssessments { get; init; }
    public decimal ScoreSum { get; init; }
    public int FinalAssessments { get; init; }

    /// <summary>Completions without a moduleId, and the modules whose earliest completion lies on this day.</summary>
    public int Modules { get; init; }

    public int Posts { get; init; }
    public int Comments { get; init; }
    public int Questions { get; init; }
    public int Answers { get; init; }

    /// <summary>Records of learner activities; a page view that stands for n is one.</summary>
    public int Activities { get; init; }

    public int MobileActivities { get; init; }
    public int VideoActivities { get; init; }
    public int SupportTickets { get; init; }
}

namespace LStep.Domain.Measuring;

/// <summary>Sums over the days of one window; a mutable struct so that an evaluation allocates nothing.</summary>
struct WindowSums
{
    public int ActiveDays, Activities, Mobile, Video, Tickets, Sessions, Lessons, Assessments, Scored, Finals, Modules, Posts, Comments,
    Questions, Answers;
    public long Milliseconds, Pages;
    public decimal ScoreSum;

    // Of the stored, rounded daily scores.
    public int Engagement, Progress, Community, Overall;

    /// <summary>Everything said in the community.</summary>
    public readonly long Talk => (long)Posts + Comments + Questions + Answers;

    public void Add(DayWindow day, in DailyScores scores, long milliseconds)
    {
        Tickets += day.SupportTickets;
        if (day.Activities == 0) return;
        ActiveDays++;
        Activities += day.Activities;
        Mobile += day.MobileActivities;
        Video += day.VideoActivities;
        Sessions += day.Sessions.Length;
        Milliseconds += milliseconds;
        Pages += day.PageViews;
        Lessons += day.Lessons;
        Assessments += day.Assessments;
        if (day.ScoredAssessments > 0)
        {
            Scored += day.ScoredAssessments;
            ScoreSum += day.ScoreSum;
        }
        Finals += day.FinalAssessments;
        Modules += day.Modules;
        Posts += day.Posts;
        Comments += day.Comments;
        Questions += day.Questions;
        Answers += day.Answers;
        Engagement += scores.Engagement;
        Progress += scores.Progress;
        Community += scores.Community;
        Overall += scores.Overall;
    }
}

/// <summary>The active days among the last 7 complete business days: their number and the sums of what they came to.</summary>
struct LearningDays
{
    public const int DaysMax = 7;

    public int Count, Engagement, Progress;
    public long Activities;

    public void Add(DayWindow day, in DailyScores scores)
    {
        if (day.Activities == 0) return;
        Count++;
        Engagement += scores.Engagement;
        Progress += scores.Progress;
        Activities += day.Activities;
    }
}

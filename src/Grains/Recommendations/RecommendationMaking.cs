using System.Diagnostics;
using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Domain.Recommending;
using LStep.Grains.Campaigns;
using LStep.Grains.Campaigns.Reports;
using LStep.Grains.Database;
using LStep.Grains.People;
using LStep.Grains.Rules;
using Npgsql;

namespace LStep.Grains.Recommendations;

/// <summary>
/// Makes recommendations anew from what is stored: reads the figures, has the domain judge them, and stores what it found with them, all in
/// one transaction. One process at a time, whoever asks.
/// </summary>
public sealed class RecommendationMaking(
    PostgresDatabase database, CampaignReports reports, CampaignSource campaigns, ThresholdTrials trials, RulebookSource rulebook,
    TimeProvider clock)
{
    private static readonly (short Type, string Kind)[] Completed =
        [((short)ActivityType.LessonCompleted, "lesson"), ((short)ActivityType.ModuleCompleted, "module")];

    /// <summary>Made for this business day by somebody, or by us now. Null where another process is at it.</summary>
    public Task<RecommendationRun?> OfTheDay(CancellationToken cancel) => Make(null, cancel);

    /// <summary>Anew, whatever there is. Null where another process is at it.</summary>
    public Task<RecommendationRun?> Anew(Person by, CancellationToken cancel) => Make(by, cancel);

    private async Task<RecommendationRun?> Make(Person? by, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(RecommendationLimits.RunSecondsMax));
        try
        {
            return await database.TransactionInBackground(connection => Make(connection, by, patience.Token), patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TooSlowException($"recommendations took more than {RecommendationLimits.RunSecondsMax} s");
        }
    }

    private async Task<RecommendationRun?> Make(NpgsqlConnection connection, Person? by, CancellationToken cancel)
    {
        if (!await connection.Value<bool>("recommendations_alone", cancel)) return null;
        var (began, now, live) = (Stopwatch.GetTimestamp(), clock.Now(), rulebook.Current);
        var today = live.Calendar.DayOf(now);
        if (by is null && await StoredRecommendations.Latest(connection, cancel) is { } latest && latest.Day >= today) return latest;

        var made = new List<Recommendation>();
        var alarms = await Alarms(connection, now, cancel);
        made.AddRange(FalseAlarms.Of(alarms, live.Rules));
        var (found, learners, tried) = await trials.Search(connection, live, now, cancel);
        if (found is not null) made.Add(found);
        var outcomes = await Outcomes(live.Calendar, today, cancel);
        made.AddRange(CampaignEffects.Of(outcomes));
        var lessons = 0;
        foreach (var (type, kind) in Completed)
        {
            var (all, each) = await Lessons(connection, type, kind, now, cancel);
            lessons += each.Count(one => one.Learners >= LessonSilences.LearnersMin);
            made.AddRange(LessonSilences.Of(each, all));
        }

        var run = new RecommendationRun(today, now, by?.Name, new Examined(
            alarms.Count(one => one.Cases >= FalseAlarms.CasesMin), outcomes.Count, lessons, learners, tried,
            Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 2)));
        await StoredRecommendations.Store(connection, run, made, cancel);
        if (by is not null)
            await connection.Write(new AuditEntry(by, "recommendations.made", $"{today:yyyy-MM-dd}", After: new { made.Count }), cancel);
        return run;
    }

    private static Task<List<AlarmCases>> Alarms(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancel) =>
        connection.Rows(
            "recommendation_alarms",
            row => new AlarmCases(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), cancel,
            now.AddDays(-FalseAlarms.SinceDays), now, FalseAlarms.ReturnDays);

    private async Task<List<CampaignOutcome>> Outcomes(BusinessCalendar calendar, DateOnly today, CancellationToken cancel)
    {
        var outcomes = new List<CampaignOutcome>();
        var compared = campaigns.Current.Campaigns.Where(one => one.Active && one.HoldoutPercent > 0);
        foreach (var campaign in compared.Take(RecommendationLimits.CampaignsMax))
        {
            var (rows, _) = await reports.Of(campaign, today.AddDays(-CampaignEffects.SinceDays), today, cancel);
            var (got, heldOut) = (rows.FindAll(row => !row.HeldOut), rows.FindAll(row => row.HeldOut));
            outcomes.Add(new CampaignOutcome(
                campaign, Sum(got, row => row.ConversionKnown), Sum(heldOut, row => row.ConversionKnown),
                Sum(got, row => row.RecoveryKnown), Sum(heldOut, row => row.RecoveryKnown)));
        }
        return outcomes;
    }

    private static ArmCounts Sum(List<ReportRow> rows, Func<ReportRow, ArmCounts> of) =>
        rows.Aggregate(default(ArmCounts), (sum, row) => sum + of(row));

    private static async Task<(LessonCount All, List<LessonCount> Each)> Lessons(
        NpgsqlConnection connection, short type, string kind, DateTimeOffset now, CancellationToken cancel)
    {
        var rows = await connection.Rows(
            "recommendation_lessons", row => (
                IsSum: row.IsDBNull(0), Count: new LessonCount(kind, row.TextOrNull(0) ?? "", row.GetInt64(1), row.GetInt64(2))), cancel,
            now.AddDays(-LessonSilences.SinceDays), now.AddDays(-LessonSilences.SilentDays), now, type, RecommendationLimits.LessonsMax);
        return (rows.Single(row => row.IsSum).Count, [.. rows.Where(row => !row.IsSum).Select(row => row.Count)]);
    }
}

using System.Text.Json;
using LStep.Domain.Deciding;
using LStep.Domain.Recommending;
using LStep.Grains.Database;
using LStep.Grains.People;
using Npgsql;

namespace LStep.Grains.Recommendations;

/// <summary>Recommendations as they are stored, and what people do with them.</summary>
public sealed class StoredRecommendations(PostgresDatabase database, TimeProvider clock)
{
    /// <summary>The latest run, null before the first; and what stands after it, dismissed or not.</summary>
    public Task<(RecommendationRun? Run, List<RecommendationRow> Rows)> All(CancellationToken cancel) => database.People.Use(
        async connection => (
            await Latest(connection, cancel),
            await connection.Rows("recommendations_all", RecommendationRow.Read, cancel, RecommendationLimits.ListedMax)), cancel);

    /// <summary>Takes one off the list for 30 days. False where there is none of this id.</summary>
    public Task<bool> Dismiss(long id, Person by, CancellationToken cancel) => database.Transaction(async connection =>
    {
        var found = await connection.Rows(
            "recommendation_lock", row => (Kind: row.GetString(0), Subject: row.GetString(1), Until: row.InstantOrNull(2)), cancel, id);
        if (found is not [var one]) return false;
        var now = clock.Now();
        var until = now.AddDays(RecommendationLimits.DismissedDays);
        await connection.Execute("recommendation_dismiss", cancel, id, by.Name, now, until);
        await connection.Write(
            new AuditEntry(
                by, "recommendation.dismissed", $"{one.Kind} {one.Subject}", new { dismissedUntil = one.Until },
                new { dismissedUntil = until }),
            cancel);
        return true;
    }, cancel);

    internal static async Task<RecommendationRun?> Latest(NpgsqlConnection connection, CancellationToken cancel) =>
        (await connection.Rows(
            "recommendation_run_latest",
            row => new RecommendationRun(
                row.GetFieldValue<DateOnly>(0), row.Instant(1), row.TextOrNull(2),
                JsonSerializer.Deserialize<Examined>(row.GetString(3), JsonSerializerOptions.Web)!),
            cancel)).SingleOrDefault();

    /// <summary>In the transaction of the run: what it found stands, and nothing else.</summary>
    internal static async Task Store(
        NpgsqlConnection connection, RecommendationRun run, IReadOnlyList<Recommendation> made, CancellationToken cancel)
    {
        await connection.Execute(
            "recommendations_fall", cancel, run.MadeAt, Db.Texts(made.Select(one => $"{one.Kind.Name()} {one.Subject}")));
        await connection.Execute(
            "recommendations_store", cancel, run.MadeAt, Db.Texts(made.Select(one => one.Kind.Name())),
            Db.Texts(made.Select(one => one.Subject)), Db.Texts(made.Select(one => RecommendationBody.Of(one).Write())),
            Db.Texts(made.Select(one => one.Rules.IsEmpty ? "" : RuleJson.Print(one.Rules))));
        await connection.Execute(
            "recommendation_run_store", cancel, run.Day, run.MadeAt, Db.Text(run.By),
            JsonSerializer.Serialize(run.Examined, JsonSerializerOptions.Web));
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Recommending;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Recommendations;

/// <param name="Until">It comes back after it if it is still found.</param>
public sealed record Dismissal(string By, DateTimeOffset At, DateTimeOffset Until);

/// <summary>A recommendation as it is stored.</summary>
/// <param name="Rules">The set to be tried, as JSON; null where rules have no part in it.</param>
public sealed record RecommendationRow(
    long Id, string Kind, string Subject, DateTimeOffset FirstMadeAt, DateTimeOffset MadeAt, RecommendationBody Body, string? Rules,
    Dismissal? Dismissal)
{
    internal static RecommendationRow Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.Instant(3), row.Instant(4), RecommendationBody.Read(row.GetString(5)),
        row.TextOrNull(6),
        row.TextOrNull(7) is { } by ? new Dismissal(by, row.Instant(8), row.Instant(9)) : null);
}

/// <summary>Texts and figures, as the table keeps them.</summary>
public sealed record RecommendationBody(
    string Title, string Text, ImmutableSortedDictionary<string, string> Parameters, ImmutableArray<RecommendedFigure> Figures,
    string Evidence)
{
    public static RecommendationBody Of(Recommendation made) =>
        new(made.Title, made.Text, made.Parameters, made.Figures, made.Evidence);

    public static RecommendationBody Read(string json) => JsonSerializer.Deserialize<RecommendationBody>(json, JsonSerializerOptions.Web)!;

    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}

/// <summary>What a run looked at: where there was too little, nothing could be recommended.</summary>
/// <param name="Rules">With enough alarms whose outcome is known.</param>
/// <param name="Campaigns">With a holdout.</param>
/// <param name="Lessons">And modules, with enough learners.</param>
/// <param name="Learners">Whose logs were played under other thresholds.</param>
/// <param name="Thresholds">Sets of rules that were tried.</param>
public sealed record Examined(int Rules, int Campaigns, int Lessons, int Learners, int Thresholds, double Seconds);

/// <param name="By">Null for the product itself.</param>
public sealed record RecommendationRun(DateOnly Day, DateTimeOffset MadeAt, string? By, Examined Examined);

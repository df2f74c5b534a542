using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Rules;

public sealed record RuleRecord(
    int Version, int Id, string Name, string[] From, string To, string Conditions, int Priority, bool Automatic, bool RequiresApproval,
    bool UsualRhythm, string Notification, bool Active)
{
    /// <exception cref="InvalidOperationException">What is stored is no rule.</exception>
    public Rule Rule() => new()
    {
        Id = Id,
        Name = Name,
        From = [.. From.Select(StatusTags.Parse)],
        To = StatusTags.Parse(To),
        Conditions = ConditionJson.Parse(Conditions) switch
        {
            Parsed<Condition>.Ok ok => ok.Value,
            _ => throw new InvalidOperationException($"The stored conditions of rule {Id} cannot be read."),
        },
        Priority = Priority,
        Automatic = Automatic,
        RequiresApproval = RequiresApproval,
        UsualRhythm = UsualRhythm,
        Notification = Notification,
        Active = Active,
    };
}

/// <param name="BatchId">Of the batch that re-evaluated everybody; null for version 1, which there was nobody before.</param>
public sealed record RuleSetRecord(
    int Version, string Author, string Comment, DateTimeOffset PublishedAt, string? BatchId, IReadOnlyList<RuleRecord> Rules);

/// <summary>Published versions, page by page.</summary>
public sealed class RuleSetReads(PostgresDatabase database)
{
    /// <summary>Newest first, below a version where one is given.</summary>
    public Task<List<RuleSetRecord>> RuleSets(int? below, int rowsMax, CancellationToken cancel) => database.People.Use(async connection =>
    {
        var sets = await connection.Rows(
            "rule_set_versions_page", row =>
                new RuleSetRecord(row.GetInt32(0), row.GetString(1), row.GetString(2), row.Instant(3), row.TextOrNull(4), []), cancel,
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Integer, Value = (object?)below ?? DBNull.Value }, rowsMax);
        var rules = await connection.Rows("rules_of_versions", RuleOf, cancel, sets.Select(set => set.Version).ToArray());
        return sets.ConvertAll(set => set with { Rules = rules.FindAll(rule => rule.Version == set.Version) });
    }, cancel);

    /// <summary>One version, or null when it was never published.</summary>
    public async Task<RuleSetRecord?> Version(int version, CancellationToken cancel) =>
        version is > 0 and < int.MaxValue && await RuleSets(version + 1, 1, cancel) is [var set] && set.Version == version ? set : null;

    private static RuleRecord RuleOf(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetFieldValue<string[]>(3), row.GetString(4), row.GetString(5),
        row.GetInt32(6), row.GetBoolean(7), row.GetBoolean(8), row.GetBoolean(9), row.GetString(10), row.GetBoolean(11));
}

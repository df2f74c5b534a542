using System.Collections.Immutable;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Rules;

/// <param name="IdsUsed">The highest id that any rule ever had.</param>
public sealed record RuleSetHead(int Version, string Author, DateTimeOffset PublishedAt, int IdsUsed);

/// <summary>Published rule sets. A version never changes once it is there.</summary>
public sealed class RuleSets(PostgresDatabase database)
{
    /// <summary>The version in force.</summary>
    /// <exception cref="InvalidOperationException">Nothing was ever published: the silo seeds version 1 before it serves.</exception>
    public async Task<RuleSet> Newest(CancellationToken cancel = default)
    {
        var rows = await database.Use(c => c.Rows("rule_set_newest", ReadRow, cancel), cancel);
        return SetOf(rows) ?? throw new InvalidOperationException("No rule set is published.");
    }

    /// <summary>What the next version follows.</summary>
    public async Task<RuleSetHead> Head(CancellationToken cancel = default) => (await database.Use(c => c.Rows(
        "rule_set_head", row => new RuleSetHead(row.GetInt32(0), row.GetString(1), row.Instant(2), row.GetInt32(3)), cancel), cancel))[0];
    /// <summary>Reads a row of a query for one whole set: version, author, published_at, then its rules' columns.</summary>
    internal static RuleSetPart ReadRow(NpgsqlDataReader row) => new(row.GetInt32(0), row.GetString(1), row.Instant(2), Read(row));

    /// <summary>Null of no rows.</summary>
    internal static RuleSet? SetOf(IReadOnlyList<RuleSetPart> rows) =>
        rows is [var first, ..] ? new RuleSet(first.Version, first.Author, first.At, [.. rows.Select(row => row.Rule)]) : null;

    /// <summary>Atomic; a version that is there already is left alone.</summary>
    /// <param name="batchId">The batch that re-evaluates everybody, or null.</param>
    public Task Publish(RuleSet set, string comment, string? batchId, CancellationToken cancel = default) =>
        database.Use(c => c.Execute(
            "rule_set_publish", cancel, set.Version, set.Author, comment, set.PublishedAt,
            Column(set, rule => rule.Id), Column(set, rule => rule.Name),
            Column(set, rule => string.Join(',', rule.From.Select(tag => tag.Code()))), Column(set, rule => rule.To.Code()),
            Column(set, rule => ConditionJson.Print(rule.Conditions)), Column(set, rule => rule.Priority),
            Column(set, rule => rule.Automatic), Column(set, rule => rule.RequiresApproval),
            Column(set, rule => rule.UsualRhythm), Column(set, rule => rule.Notification), Column(set, rule => rule.Active),
            Db.Text(batchId)), cancel);

    private static T[] Column<T>(RuleSet set, Func<Rule, T> of) => [.. set.Rules.Select(of)];

    private static Rule Read(NpgsqlDataReader row) => new RuleRecord(
        row.GetInt32(0), row.GetInt32(3), row.GetString(4), row.GetFieldValue<string[]>(5), row.GetString(6), row.GetString(7),
        row.GetInt32(8), row.GetBoolean(9), row.GetBoolean(10), row.GetBoolean(11), row.GetString(12), row.GetBoolean(13)).Rule();
}

internal sealed record RuleSetPart(int Version, string Author, DateTimeOffset At, Rule Rule);

using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Evaluations;

/// <summary>How far an evaluation batch is, or what it came to.</summary>
/// <param name="Tag">Over those who had it when it was opened; null for any other scope.</param>
/// <param name="Unknown">Ids asked for that nobody has.</param>
public sealed record BatchRow(
    string Id, string Scope, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, int Total, int Evaluated, int Transitions, int Reviews,
    int Errors, StatusTag? Tag, int Unknown)
{
    internal static BatchRow Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.Instant(2), row.InstantOrNull(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6),
        row.GetInt32(7), row.GetInt32(8), row.TextOrNull(9) is { } tag ? StatusTags.Parse(tag) : null, row.GetInt32(10));
}

/// <summary>A customer who could not be evaluated.</summary>
/// <param name="Code">snake_case.</param>
public sealed record BatchError(string CustomerId, string Code, DateTimeOffset At)
{
    internal static BatchError Read(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.Instant(2));
}

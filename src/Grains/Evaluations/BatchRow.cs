using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Evaluations;

/// <summary>How far an evaluation batch is, or what it came to.</summary>
public sealed record BatchRow(
    string Id, string Scope, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, int Total, int Evaluated, int Transitions, int Reviews,
    int Errors)
{
    internal static BatchRow Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.Instant(2), row.InstantOrNull(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6),
        row.GetInt32(7), row.GetInt32(8));
}

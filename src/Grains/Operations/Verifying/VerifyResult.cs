using System.Collections.Immutable;
using LStep.Grains.Time.Daily;

namespace LStep.Grains.Operations.Verifying;

/// <param name="CustomerId">Null where it concerns no single customer.</param>
/// <param name="What">window, totals, profile, daily_rows, decision, ledger, state, review, overdue, campaign, figures or stray.</param>
public sealed record Difference(string? CustomerId, string What, string Detail);

/// <param name="Differences">The first of them; at most as many as were asked for.</param>
/// <param name="Count">All of them.</param>
/// <param name="Cut">Customers whose log was cut: their windows, totals, profile and daily rows were not looked at.</param>
public sealed record VerifyResult(
    long Customers, long Activities, long Decisions, long LedgerRows, long DailyRows, long Count, ImmutableArray<Difference> Differences,
    long Cut = 0)
{
    public bool Same => Count == 0;
}

/// <param name="Done">Customers looked at so far.</param>
public readonly record struct VerifyProgress(long Done, long Total, long Differences);

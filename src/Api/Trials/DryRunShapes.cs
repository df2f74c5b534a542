using System.Collections.Immutable;
using System.Text.Json;
using LStep.Api.Http;
using LStep.Domain;
using LStep.Grains.Trials;

namespace LStep.Api.Trials;

/// <param name="Rules">As for publishing them; a rule without an id is a new one.</param>
/// <param name="Comment">Of the publication that is tried; it changes nothing here.</param>
public sealed record DryRunRequest(JsonElement? Rules = null, string? Comment = null);

/// <summary>What publishing these rules would do at once: ledger rows, reviews opened, campaign messages started, and who moves.</summary>
public sealed record DryRun(
    ImmutableArray<MoveCount> Moves, int Reviews, int Messages, Page<DryRunMove> Customers, DateTimeOffset At, int ActiveVersion,
    int Evaluated, int Unreadable)
{
    public static DryRun Of(DryRunTotals totals, DryRunPage page, Func<DryRunPlace, string> cursor) => new(
        totals.Moves, totals.Reviews, totals.Messages, new Page<DryRunMove>(page.Moves, page.Next is { } next ? cursor(next) : null),
        totals.At, totals.ActiveVersion, totals.Evaluated, totals.Unreadable);
}

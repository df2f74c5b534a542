using System.Collections.Immutable;

namespace LStep.Domain.Deciding;

/// <summary>What a decision came to, comparable with what another run of it comes to.</summary>
/// <param name="Action">moved, imported, review_expired, review_opened, review_kept or stayed.</param>
/// <param name="Closes">Why the open review ended with it, or null.</param>
public sealed record DecisionOutcome(
    string Action, int RuleId, StatusTag To, decimal Confidence, decimal? Calibrated, ImmutableArray<string> Reasons, string? Closes)
{
    public bool Equals(DecisionOutcome? other) =>
        other is not null && Action == other.Action && RuleId == other.RuleId && To == other.To && Confidence == other.Confidence
        && Calibrated == other.Calibrated && Closes == other.Closes && Reasons.SequenceEqual(other.Reasons);

    public override int GetHashCode() => HashCode.Combine(Action, RuleId, To, Confidence);

    public override string ToString() =>
        $"{Action} to {To.Code()} by rule {RuleId} at {Confidence} ({Calibrated?.ToString() ?? "plain"}) [{string.Join(", ", Reasons)}] "
            + $"{Closes}";

    internal static DecisionOutcome Of(in Ruling ruling) => new(
        (ruling.Verdict, ruling.Kind) switch
        {
            (Verdict.Move, TransitionKind.Import) => "imported",
            (Verdict.Move, TransitionKind.ReviewExpired) => "review_expired",
            (Verdict.Move, _) => "moved",
            (Verdict.OpenReview, _) => "review_opened",
            (Verdict.KeepReview, _) => "review_kept",
            _ => "stayed",
        },
        ruling.Winner?.Rule.Id ?? 0, ruling.Winner?.Rule.To ?? default, ruling.Winner?.Confidence ?? 0, ruling.Winner?.Calibrated,
        ruling.Reasons, ruling.CloseReason);
}

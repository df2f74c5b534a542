using System.Collections.Immutable;
using LStep.Domain;
using LStep.Domain.Backtesting;
using LStep.Grains.Customers;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Trials;

/// <summary>Two sets of rules to be played over the logs up to an instant; what falls into the span is counted.</summary>
public sealed record BacktestPlan(
    string Id, DateTimeOffset From, DateTimeOffset To, BusinessCalendar Calendar, ImmutableArray<Era> Candidate,
    ImmutableArray<Era> Active);

public sealed record Played(Figures Candidate, Figures Active, int Errors);

/// <summary>Plays logs turn by turn, one customer after the other, under both sets of a plan.</summary>
public sealed class BacktestPlayer(ILogger<BacktestPlayer> log)
{
    /// <param name="turns">Customer by customer, each in the order of its log.</param>
    public async Task<Played> Play(IAsyncEnumerable<LogTurn> turns, BacktestPlan plan, CancellationToken cancel)
    {
        var sum = new Played(Figures.None, Figures.None, 0);
        Learner? learner = null;
        await foreach (var turn in turns.WithCancellation(cancel))
        {
            if (learner is not null && learner.Id != turn.CustomerId)
            {
                sum = Sum(sum, learner, plan);
                learner = null;
            }
            learner ??= new Learner(turn.CustomerId, plan);
            if (!learner.HasFailed) Guarded(learner, () => learner.Take(turn));
        }
        return learner is null ? sum : Sum(sum, learner, plan);
    }

    private Played Sum(Played sum, Learner learner, BacktestPlan plan)
    {
        var (candidate, active) = (Figures.None, Figures.None);
        if (!learner.HasFailed) Guarded(learner, () => (candidate, active) = learner.End(plan));
        return learner.HasFailed ? sum with { Errors = sum.Errors + 1 }
            : sum with { Candidate = sum.Candidate.Add(candidate), Active = sum.Active.Add(active) };
    }

    /// <summary>One log that cannot be played keeps no other from it.</summary>
    private void Guarded(Learner learner, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e)
        {
            learner.HasFailed = true;
            log.LogError(e, "The log of a customer could not be played; the backtest goes on without it");
        }
    }

    private sealed class Learner
    {
        private readonly LearnerDays days;
        private readonly PlayedMoves candidateMoves = new();
        private readonly PlayedMoves activeMoves = new();
        private readonly Playback candidate;
        private readonly Playback active;

        public Learner(string id, BacktestPlan plan)
        {
            (Id, days) = (id, new LearnerDays(plan.Calendar));
            (candidate, active) = (new Playback(id, plan.Candidate, candidateMoves.Take), new Playback(id, plan.Active, activeMoves.Take));
        }

        public string Id { get; }

        public bool HasFailed { get; set; }

        public void Take(LogTurn turn)
        {
            days.Take(turn.Activities, turn.At);
            candidate.Take(turn.Activities, turn.At);
            active.Take(turn.Activities, turn.At);
        }

        public (Figures Candidate, Figures Active) End(BacktestPlan plan)
        {
            candidate.End(plan.To);
            active.End(plan.To);
            return (Figures.Of(candidateMoves, days, plan.From, plan.To), Figures.Of(activeMoves, days, plan.From, plan.To));
        }
    }
}

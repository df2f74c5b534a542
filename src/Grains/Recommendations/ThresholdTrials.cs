using System.Collections.Immutable;
using LStep.Domain;
using LStep.Domain.Backtesting;
using LStep.Domain.Recommending;
using LStep.Grains.Customers;
using LStep.Grains.Database;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LStep.Grains.Recommendations;

/// <summary>Plays the logs of a sample of learners under other thresholds beside the rules in force, as a backtest does.</summary>
public sealed class ThresholdTrials(ILogger<ThresholdTrials> log)
{
    /// <summary>What was found, how many learners were played, and how many sets were tried.</summary>
    internal async Task<(Recommendation? Found, int Learners, int Tried)> Search(
        NpgsqlConnection connection, Rulebook live, DateTimeOffset now, CancellationToken cancel)
    {
        // Everything on and everybody reached: sets are compared, not switches.
        var book = live with { Policy = new Policy(), Shadow = null };
        var rules = live.Rules.Rules;
        var sample = await connection.Rows(
            "recommendation_learners", row => row.GetString(0), cancel, RecommendationLimits.LearnersMax);
        var (first, second) = (Half(sample, 0), Half(sample, 1));
        var singles = ThresholdTrial.Singles(rules);
        if (singles.IsEmpty) return (null, 0, 0);

        var alone = await Play(first, [rules, .. singles.Select(one => one.Rules)]);
        var now1 = ThresholdSums.Of(alone[0]);
        if (now1.Silent < ThresholdSearch.SilentMin) return (null, now1.Learners, singles.Length);
        var tried = singles.Select((one, at) => (one, ThresholdSums.Of(alone[at + 1]))).ToList();
        var pairs = ThresholdSearch.Pairs(rules, tried, now1);
        if (!pairs.IsEmpty)
        {
            var together = await Play(first, [.. pairs.Select(one => one.Rules)]);
            tried.AddRange(pairs.Select((one, at) => (one, ThresholdSums.Of(together[at]))));
        }
        if (ThresholdSearch.Best(tried, now1) is not { } chosen) return (null, now1.Learners, tried.Count);
        var judged = await Play(second, [rules, chosen.Rules]);
        var found = ThresholdSearch.Judge(
            chosen, judged[0], judged[1], now.AddDays(-RecommendationLimits.HistoryDays), now);
        return (found, now1.Learners + judged[0].Count, tried.Count);

        Task<List<LearnerOutcome>[]> Play(string[] learners, ImmutableArray<ImmutableArray<Rule>> sets) => Played(
            connection, learners,
            [.. sets.Select(set => ImmutableArray.Create(new Era(
                DateTimeOffset.MinValue, book with { Rules = live.Rules with { Rules = set } })))], book.Calendar, now, cancel);
    }

    private static string[] Half(List<string> sample, int which) => [.. sample.Where((_, at) => at % 2 == which)];

    /// <summary>For each set the learners in the same order; one whose log cannot be played is in none.</summary>
    private async Task<List<LearnerOutcome>[]> Played(
        NpgsqlConnection connection, string[] learners, ImmutableArray<ImmutableArray<Era>> sets, BusinessCalendar calendar,
        DateTimeOffset now, CancellationToken cancel)
    {
        var outcomes = new List<LearnerOutcome>[sets.Length];
        for (var at = 0; at < sets.Length; at++) outcomes[at] = [];
        var left = RecommendationLimits.ActivitiesMax;
        // A few at a time: while a statement is under way PostgreSQL keeps every version of every row that anybody writes.
        foreach (var some in learners.Chunk(RecommendationLimits.LearnersPerStatementMax))
        {
            if (left <= 0) break;
            Learner? learner = null;
            await foreach (var turn in LogTurn.Until(connection, some, now, cancel))
            {
                if (learner is not null && learner.Id != turn.CustomerId)
                {
                    End(learner);
                    learner = null;
                    if (left <= 0) break;
                }
                learner ??= new Learner(turn.CustomerId, sets, calendar);
                left -= turn.Activities.Count;
                Guarded(learner, () => learner.Take(turn));
            }
            if (learner is not null) End(learner);
        }
        return outcomes;

        void End(Learner ended) => Guarded(ended, () =>
        {
            var each = ended.End(now.AddDays(-RecommendationLimits.HistoryDays), now);
            for (var at = 0; at < each.Length; at++) outcomes[at].Add(each[at]);
        });
    }

    private void Guarded(Learner learner, Action work)
    {
        if (learner.HasFailed) return;
        try
        {
            work();
        }
        catch (Exception e)
        {
            learner.HasFailed = true;
            log.LogError(e, "The log of a customer could not be played; thresholds are tried without it");
        }
    }

    private sealed class Learner
    {
        private readonly LearnerDays days;
        private readonly (Playback Playback, PlayedMoves Moves)[] played;

        public Learner(string id, ImmutableArray<ImmutableArray<Era>> sets, BusinessCalendar calendar)
        {
            (Id, days) = (id, new LearnerDays(calendar));
            played = [.. sets.Select(eras =>
            {
                var moves = new PlayedMoves();
                return (new Playback(id, eras, moves.Take), moves);
            })];
        }

        public string Id { get; }

        public bool HasFailed { get; set; }

        public void Take(LogTurn turn)
        {
            days.Take(turn.Activities, turn.At);
            foreach (var (playback, _) in played) playback.Take(turn.Activities, turn.At);
        }

        public LearnerOutcome[] End(DateTimeOffset from, DateTimeOffset to)
        {
            foreach (var (playback, _) in played) playback.End(to);
            return [.. played.Select(one => LearnerOutcome.Of(Figures.Of(one.Moves, days, from, to)))];
        }
    }
}

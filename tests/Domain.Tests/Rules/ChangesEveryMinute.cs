using System.Collections.Immutable;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Domain.Tests.Deciding;

namespace LStep.Domain.Tests.Rules;

/// <summary>
/// Rules are published and flags switched in the middle of sixty days: one look at the customer then, and next checks and midnights as
/// ever, come to the same as deciding every minute by what is in force at that minute.
/// </summary>
public class ChangesEveryMinute
{
    const int Customers = 24;

    [Fact]
    public void Publications_and_flags_in_mid_life_give_the_transitions_and_due_times_of_every_minute()
    {
        var (moves, atChanges) = (0, 0);
        foreach (var seed in Enumerable.Range(1, Customers))
        {
            var (customer, changes) = (Invented.Of(seed), Changes(seed));
            List<string> brute = EachMinute(customer, changes), live = Live(customer, changes);
            Assert.Equal(brute, live);
            moves += brute.Count;
            atChanges += brute.Count(row => changes.Any(change => row.Contains($"{change.At:O}", StringComparison.Ordinal)));
        }
        Assert.True(moves > 5 * Customers, $"only {moves} changes");
        Assert.True(atChanges > 5, $"only {atChanges} by what was published or switched");
    }

    sealed class Draws(Chance chance)
    {
        public int Next(int bound) => chance.Below(bound);
    }

    sealed record Change(DateTimeOffset At, Rulebook Book);

    /// <summary>In force from then on; the first from the beginning.</summary>
    static ImmutableArray<Change> Changes(int seed)
    {
        var random = new Draws(new Chance((ulong)seed));
        var book = new Rulebook(DefaultRules.Version1(Invented.Start), new Policy(), BusinessCalendar.Utc);
        var changes = ImmutableArray.CreateBuilder<Change>();
        changes.Add(new Change(Invented.Start, book));
        for (var at = Invented.Start; ;)
        {
            at = at.AddMinutes(1 + random.Next(20 * 1440));
            if (at >= Invented.Start.AddDays(Invented.Days)) return changes.ToImmutable();
            book = random.Next(4) switch
            {
                0 => book with { Policy = book.Policy with { AutoApply = !book.Policy.AutoApply } },
                1 => book with { Policy = book.Policy with { RolloutPercentage = book.Policy.RolloutPercentage > 50 ? 0 : 100 } },
                _ => book with { Rules = new RuleSet(book.Rules.Version + 1, "somebody", at, Other(random)) },
            };
            changes.Add(new Change(at, book));
        }
    }

    /// <summary>The default with other thresholds of silence, engagement and progress, and some rules left out.</summary>
    static ImmutableArray<Rule> Other(Draws random) =>
    [
        .. DefaultRules.Rules.Where(_ => random.Next(6) > 0).Select(rule => rule with { Conditions = Shifted(rule.Conditions, random) }),
    ];

    static Condition Shifted(Condition condition, Draws random) => condition switch
    {
        Condition.All all => new Condition.All([.. all.Parts.Select(part => Shifted(part, random))]),
        Condition.Any any => new Condition.Any([.. any.Parts.Select(part => Shifted(part, random))]),
        Condition.Not not => not,
        Condition.Clause { Threshold.Numbers: [var bound] } clause when bound > 1 =>
            clause with { Threshold = new Threshold([Math.Max(1, bound + random.Next(7) - 3)], []) },
        _ => condition,
    };

    static List<string> EachMinute(Invented customer, ImmutableArray<Change> changes)
    {
        var (rows, state, measures, happening) = (new List<string>(), (CustomerState?)null, new Measures(), 0);
        for (var at = Invented.Start; at <= Invented.Start.AddDays(Invented.Days); at = at.AddMinutes(1))
        {
            var book = changes.Last(change => change.At <= at).Book;
            if (state is not null)
            {
                measures.Load(state, book.Calendar, at);
                if (state.ImportedAt is not null || !Evaluation.Rule(state, book, measures).IsQuiet
                    || (state.Governance.Review is { } review && Situation.NextAlert(review) <= at))
                {
                    var turn = new Turn(state, state, book, at, batchId: null);
                    turn.Decide(at);
                    state = Told(turn.Close(at, decided: true), rows);
                }
                state = state with { EvaluatedAt = at };
            }
            for (; happening < customer.Life.Length && customer.Life[happening].At == at; happening++)
                state = Happens(customer, customer.Life[happening], state, book, rows);
        }
        return rows;
    }

    static List<string> Live(Invented customer, ImmutableArray<Change> changes)
    {
        var (rows, state, end) = (new List<string>(), (CustomerState?)null, Invented.Start.AddDays(Invented.Days));
        var coming = customer.Life.Select(one => (one.At, Order: 1, Happening: (Happening?)one))
            .Concat(changes.Skip(1).Select(change => (change.At, Order: 0, Happening: (Happening?)null)))
            .OrderBy(one => (one.At, one.Order));
        foreach (var (at, _, happening) in coming)
        {
            var book = changes.Last(change => change.At <= at).Book;
            var before = changes.Last(change => happening is null ? change.At < at : change.At <= at).Book;
            if (state is not null) state = Passes(state, before, happening is null ? at.AddMilliseconds(-1) : at, rows);
            if (happening is not null) state = Happens(customer, happening, state, book, rows);
            // The batch that a publication or a flag opens.
            else if (state is not null) state = Told(Lifecycle.CatchUp(state, book, at, at, asked: true), rows);
        }
        Passes(state!, changes[^1].Book, end, rows);
        return rows;
    }

    static CustomerState Passes(CustomerState state, Rulebook book, DateTimeOffset until, List<string> rows)
    {
        for (var cursor = state.EvaluatedAt; ;)
        {
            var next = book.Calendar.NextMidnight(cursor);
            if (NextCheck.After(state, book, cursor) is { } check && check < next) next = check;
            if (next > until) return state with { EvaluatedAt = cursor };
            state = Told(Lifecycle.CatchUp(state, book, next, next, checkedUpTo: cursor), rows);
            cursor = next;
        }
    }

    static CustomerState Happens(Invented customer, Happening happening, CustomerState? state, Rulebook book, List<string> rows) => Told(
        happening.Person is { } person
            ? Lifecycle.Evaluate(person(state!) with { EvaluatedAt = happening.At }, book, happening.At)
            : Lifecycle.Record(customer.Id, state, happening.Activities, book, happening.At), rows);

    static CustomerState Told(Step step, List<string> rows)
    {
        rows.AddRange(step.Transitions.Select(
            row => $"{row.DueAt:O} {row.From} -> {row.To} by {row.Rule} of {row.RuleSetVersion} {row.Kind}"));
        rows.AddRange(step.Reviews.Select(
            review => $"{review.ClosedAt ?? review.OpenedAt:O} review {review.Status} {review.Alerts} {review.To} {review.CloseReason} "
                + string.Join(",", review.Reasons)));
        return step.After;
    }
}

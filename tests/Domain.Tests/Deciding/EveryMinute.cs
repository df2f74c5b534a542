using System.Collections.Immutable;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;

namespace LStep.Domain.Tests.Deciding;

/// <summary>Time alone: deciding at next checks and midnights comes to the same as deciding every minute.</summary>
public class EveryMinute
{
    const int Customers = 24;

    static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    [Fact]
    public void Sixty_days_decided_every_minute_give_the_transitions_and_due_times_of_next_checks_and_midnights()
    {
        var moves = 0;
        foreach (var customer in Enumerable.Range(1, Customers).Select(Invented.Of))
        {
            var brute = EachMinute(customer, Book(customer));
            var live = NextChecks(customer, Book(customer), wakes: true);
            Same(customer, brute, live);
            Assert.Equal(brute.State.Tag, live.State.Tag);
            moves += brute.Rows.Length;
        }
        // A population in which nothing happens would prove nothing.
        Assert.True(moves > 10 * Customers, $"only {moves} changes");
    }

    [Fact]
    public void After_any_downtime_the_same_moves_come_out_with_the_same_due_times_in_the_same_order()
    {
        foreach (var customer in Enumerable.Range(1, 400).Select(Invented.Of))
            Same(customer, NextChecks(customer, Book(customer), wakes: true), NextChecks(customer, Book(customer), wakes: false));
    }

    [Fact]
    public void At_every_instant_there_is_one_tag_and_the_chain_of_moves_is_unbroken()
    {
        foreach (var customer in Enumerable.Range(1, 400).Select(Invented.Of))
        {
            var (transitions, state) = (new List<Transition>(), (CustomerState?)null);
            NextChecks(customer, Book(customer), wakes: true, step =>
            {
                transitions.AddRange(step.Transitions);
                state = step.After;
            });
            Assert.Null(transitions[0].From);
            for (var i = 0; i < transitions.Count; i++)
            {
                Assert.Equal(i + 1, transitions[i].Number);
                if (i == 0) continue;
                Assert.Equal(transitions[i - 1].To, transitions[i].From);
                Assert.NotEqual(transitions[i].From, transitions[i].To);
                Assert.True(transitions[i].DueAt >= transitions[i - 1].DueAt && transitions[i].At >= transitions[i].DueAt);
            }
            Assert.Equal((transitions[^1].To, transitions[^1].DueAt), (state!.Tag, state.TagSince));
        }
    }

    [Fact]
    public void Every_decision_record_alone_reproduces_its_decision()
    {
        var records = 0;
        foreach (var customer in Enumerable.Range(1, 200).Select(Invented.Of))
            NextChecks(customer, Book(customer), wakes: false, step =>
            {
                foreach (var decision in step.Decisions)
                {
                    var again = DecisionRecord.Redecide(decision.Json);
                    Assert.True(again.Same, $"{again.Stored} became {again.Again}: {decision.Json}");
                    records++;
                }
            });
        Assert.True(records > 1000, $"only {records} records");
    }

    /// <summary>Moves in their order and reviews in theirs: one step may hold many of both.</summary>
    static void Same(Invented customer, Outcome expected, Outcome actual)
    {
        (expected, actual) = (Sorted(expected), Sorted(actual));
        for (var i = 0; i < Math.Max(expected.Rows.Length, actual.Rows.Length); i++)
            Assert.True(expected.Rows.ElementAtOrDefault(i) == actual.Rows.ElementAtOrDefault(i),
                $"{customer.Id} row {i}: expected {expected.Rows.ElementAtOrDefault(i)}, got {actual.Rows.ElementAtOrDefault(i)}");
    }

    static Outcome Sorted(Outcome outcome) =>
        outcome with { Rows = [.. outcome.Rows.OrderBy(row => row.StartsWith("review", StringComparison.Ordinal))] };

    static Rulebook Book(Invented customer) => new(
        DefaultRules.Version1(Invented.Start), new Policy(),
        customer.Id.EndsWith('7') ? new BusinessCalendar(Tokyo) : BusinessCalendar.Utc);

    sealed record Outcome(ImmutableArray<string> Rows, CustomerState State);

    /// <summary>Neither Lifecycle's catch-up nor NextCheck takes part.</summary>
    static Outcome EachMinute(Invented customer, Rulebook book)
    {
        var (rows, state, measures, happening) = (new List<string>(), (CustomerState?)null, new Measures(), 0);
        for (var at = Invented.Start; at <= Invented.Start.AddDays(Invented.Days); at = at.AddMinutes(1))
        {
            if (state is not null)
            {
                measures.Load(state, book.Calendar, at);
                if (state.ImportedAt is not null || !Evaluation.Rule(state, book, measures).IsQuiet) state = Decided(state, book, at, rows);
                // Lifecycle shall find nothing to make up.
                state = state with { EvaluatedAt = at };
            }
            for (; happening < customer.Life.Length && customer.Life[happening].At == at; happening++)
                state = Happens(customer, customer.Life[happening], state, book, rows);
        }
        return new Outcome([.. rows], state!);
    }

    static CustomerState Decided(CustomerState state, Rulebook book, DateTimeOffset at, List<string> rows)
    {
        var turn = new Turn(state, state, book, at, batchId: null);
        turn.Decide(at);
        var step = turn.Close(at, decided: true);
        Tell(step, rows);
        return step.After;
    }

    static Outcome NextChecks(Invented customer, Rulebook book, bool wakes, Action<Step>? tell = null)
    {
        var (rows, state, end) = (new List<string>(), (CustomerState?)null, Invented.Start.AddDays(Invented.Days));
        foreach (var happening in customer.Life)
        {
            if (state is not null) state = Passes(state, book, happening.At, wakes || happening.Person is not null, rows, tell);
            state = Happens(customer, happening, state, book, rows, tell);
        }
        return new Outcome([.. rows], Passes(state!, book, end, wakes, rows, tell)) is var outcome ? outcome with { Rows = [.. rows] }
            : outcome;
    }

    static CustomerState Passes(CustomerState state, Rulebook book, DateTimeOffset until, bool wakes, List<string> rows, Action<Step>? tell)
    {
        for (var cursor = state.EvaluatedAt; ;)
        {
            var next = until;
            if (wakes)
            {
                next = book.Calendar.NextMidnight(cursor);
                if (NextCheck.After(state, book, cursor) is { } check && check < next) next = check;
                if (next > until) return state;
            }
            var step = Lifecycle.CatchUp(state, book, next, next, checkedUpTo: cursor);
            Tell(step, rows);
            tell?.Invoke(step);
            state = step.After;
            if (!wakes) return state;
            cursor = next;
        }
    }

    static CustomerState Happens(
        Invented customer, Happening happening, CustomerState? state, Rulebook book, List<string> rows, Action<Step>? tell = null)
    {
        // What a person did is followed by an evaluation in the same turn.
        var step = happening.Person is { } person
            ? Lifecycle.Evaluate(person(state!) with { EvaluatedAt = happening.At }, book, happening.At)
            : Lifecycle.Record(customer.Id, state, happening.Activities, book, happening.At);
        Tell(step, rows);
        tell?.Invoke(step);
        return step.After;
    }

    static void Tell(Step step, List<string> rows)
    {
        foreach (var row in step.Transitions)
            rows.Add($"{row.DueAt:O} {row.From} -> {row.To} by {row.Rule} at {row.Confidence} {row.Kind} {row.Reason}");
        foreach (var review in step.Reviews)
            rows.Add(
                $"review {review.Id} {review.Status} {review.Alerts} {review.To} {review.OpenedAt:O} {review.ClosedAt:O} "
                    + $"{review.CloseReason} {string.Join(",", review.Reasons)}");
    }
}

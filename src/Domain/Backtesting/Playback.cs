using System.Collections.Immutable;
using LStep.Domain.Measuring;

namespace LStep.Domain.Backtesting;

/// <summary>What decides from an instant on.</summary>
public readonly record struct Era(DateTimeOffset From, Rulebook Book);

/// <summary>
/// Plays the log of one customer turn by turn through the lifecycle, as if some rules had been in force since its beginning and nobody had
/// decided anything by hand.
/// </summary>
/// <param name="eras">Ascending; the first is in force from the beginning.</param>
/// <param name="told">Every step that changed something, in order.</param>
public sealed class Playback(string customerId, ImmutableArray<Era> eras, Action<Step> told)
{
    readonly CompletedLessons lessons = new();
    CustomerState? state;
    int era;

    Rulebook Book => eras[era].Book;

    /// <param name="at">The instant of the turn, which its entries of the log name.</param>
    public void Take(IReadOnlyList<Activity> turn, DateTimeOffset at)
    {
        MoveTo(at);
        var step = Lifecycle.Record(customerId, state, turn, Book, at, lessons: lessons);
        lessons.Add(step.Accepted, Book.Calendar);
        Adopt(step);
    }

    /// <summary>Makes up what time alone made due up to an instant after the last turn.</summary>
    public void End(DateTimeOffset at)
    {
        MoveTo(at);
        if (state is not null) Adopt(Lifecycle.CatchUp(state, Book, at, at));
    }

    void MoveTo(DateTimeOffset at)
    {
        for (; era + 1 < eras.Length && eras[era + 1].From <= at; era++)
        {
            var end = eras[era + 1].From.AddMilliseconds(-1);
            if (!(state?.EvaluatedAt < end)) continue;
            Adopt(Lifecycle.CatchUp(state, Book, end, end));
            // What was due by then is not decided again by the next era.
            state = state with { EvaluatedAt = end };
        }
    }

    void Adopt(Step step)
    {
        if (!step.HasChanges) return;
        state = step.After;
        told(step);
    }
}

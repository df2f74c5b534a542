namespace LStep.Domain.Backtesting;

/// <summary>What one set of rules made of one customer: its moves and the openings of its reviews, in order.</summary>
public sealed class PlayedMoves
{
    readonly List<Transition> moves = [];
    readonly List<DateTimeOffset> reviews = [];

    public IReadOnlyList<Transition> Moves => moves;

    public IReadOnlyList<DateTimeOffset> Reviews => reviews;

    public void Take(Step step)
    {
        moves.AddRange(step.Transitions);
        reviews.AddRange(step.OpenedReviews.Select(review => review.OpenedAt));
    }

    /// <summary>Stays outside the learning tags, each from the move that began it to the one that ended it; the last may go on.</summary>
    public List<(Transition Alarm, DateTimeOffset? Ended)> Alarms()
    {
        var alarms = new List<(Transition, DateTimeOffset?)>();
        Transition? alarm = null;
        foreach (var move in moves)
            if (move.To.Category() != TagCategory.Learning) alarm ??= move;
            else if (alarm is not null)
            {
                alarms.Add((alarm, move.DueAt));
                alarm = null;
            }
        if (alarm is not null) alarms.Add((alarm, null));
        return alarms;
    }
}

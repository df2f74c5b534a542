using LStep.Workbench.Replay;

namespace LStep.Workbench.Demo;

/// <summary>An invented population: the same seed and first day give the same learners and the same messages.</summary>
public sealed class Population
{
    public const ulong DefaultSeed = 20_261;
    public const int DefaultLearners = 600;

    private const int MinutesPerDay = 24 * 60;
    private static readonly int[] SessionHours = [7, 12, 18, 20];

    private readonly ulong seed;
    private readonly DateOnly start;
    private readonly int days;
    private readonly List<Learner> learners = [];
    private readonly SegmentWriter writer = new();
    private int newcomers;

    /// <summary>A quarter is there at the start, the others join over the year.</summary>
    public Population(DateOnly start, int days, int learners = DefaultLearners, ulong seed = DefaultSeed)
    {
        (this.seed, this.start, this.days) = (seed, start, days);
        for (var number = 1; number <= learners; number++)
        {
            var chance = Chance.Of(seed, number, -2);
            var joins = chance.Happens(0.25) ? chance.Between(0, 2) : chance.Between(3, days - 8);
            this.learners.Add(new Learner(number, seed, start.AddDays(joins), writer));
        }
    }

    public IReadOnlyList<Learner> Learners => learners;

    /// <summary>The year, once: the learners remember how far they came.</summary>
    public IEnumerable<ReplayDay> Days()
    {
        for (var day = 0; day < days; day++)
        {
            var date = start.AddDays(day);
            yield return new ReplayDay(
                date, [.. learners.Where(learner => learner.Joins <= date).SelectMany(learner => DayOf(learner, day))]);
        }
    }

    /// <summary>
    /// What happens at one moment of the live time after the year: mostly the present learners go on; now and then
    /// somebody new joins, and newcomers are eager.
    /// </summary>
    public IReadOnlyList<SegmentMessage> Moment(DateTimeOffset now, int moment)
    {
        var chance = Chance.Of(seed, -1, moment);
        if (chance.Happens(0.02))
        {
            var newcomer = new Learner(learners.Count + 1, seed, DateOnly.FromDateTime(now.UtcDateTime), writer);
            learners.Add(newcomer);
            newcomers++;
            return [newcomer.Enrol(now), newcomer.LogIn(now)];
        }
        var eager = newcomers > 0 && chance.Happens(0.5);
        var learner = eager ? learners[^chance.Between(1, Math.Min(newcomers, 12))] : chance.Of(learners);
        return eager || learner.Archetype.Presence(30, now.DayOfWeek) > 0.2 || chance.Happens(0.1) ? [.. learner.Step(chance, now)] : [];
    }

    private List<SegmentMessage> DayOf(Learner learner, int day)
    {
        var chance = Chance.Of(seed, learner.Number, day);
        var date = start.AddDays(day);
        var midnight = new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var since = date.DayNumber - learner.Joins.DayNumber;
        var messages = new List<SegmentMessage>();
        if (since == 0) messages.Add(learner.Enrol(midnight.AddMinutes(chance.Between(0, 7 * 60))));
        messages.AddRange(learner.Business(chance, since, midnight.AddMinutes(chance.Between(7 * 60, 22 * 60))));
        if (!chance.Happens(learner.Archetype.Presence(since, date.DayOfWeek))) return messages;

        var sessions = chance.Happens(0.25) ? 2 : 1;
        for (var session = 0; session < sessions; session++)
        {
            var at = midnight.AddMinutes((chance.Of(SessionHours) * 60) + chance.Between(0, 100)).AddSeconds(chance.Between(0, 59));
            messages.Add(learner.LogIn(at));
            for (var step = chance.Between(2, 6); step > 0; step--)
            {
                at = at.AddSeconds(chance.Between(60, 900));
                if ((at - midnight).TotalMinutes < MinutesPerDay - 2) messages.AddRange(learner.Step(chance, at));
            }
        }
        messages.Sort((one, other) => one.At.CompareTo(other.At));
        return messages;
    }
}

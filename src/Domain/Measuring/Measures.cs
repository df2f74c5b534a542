using System.Collections.Immutable;
using LStep.Domain.Deciding;
using LStep.Domain.Predicting;

namespace LStep.Domain.Measuring;

/// <summary>
/// What the rules can see of a customer at an instant. Everything is computed when first asked for, numbers without
/// allocating. Not safe to share between threads; <see cref="Load"/> lets one instance serve many evaluations.
/// </summary>
public sealed partial class Measures
{
    static readonly TimeSpan Day = TimeSpan.FromHours(24);

    BusinessCalendar calendar = BusinessCalendar.Utc;
    int today, start;
    LiveModel? model;
    bool summed, judged, predicted;
    RiskIndicators raised;
    decimal? churn;

    /// <param name="model">What churn_probability is predicted with; null where nothing is.</param>
    public static Measures Of(CustomerState state, BusinessCalendar calendar, DateTimeOffset now, LiveModel? model = null)
    {
        var measures = new Measures();
        measures.Load(state, calendar, now, model);
        return measures;
    }

    public static Measures Of(CustomerState state, Rulebook book, DateTimeOffset now) => Of(state, book.Calendar, now, book.Model);

    public void Load(CustomerState state, Rulebook book, DateTimeOffset now) => Load(state, book.Calendar, now, book.Model);

    public void Load(CustomerState state, BusinessCalendar calendar, DateTimeOffset now, LiveModel? model = null)
    {
        State = state;
        Now = now;
        this.calendar = calendar;
        this.model = model;
        today = calendar.DayOf(now).DayNumber;
        start = calendar.DayOf(state.Start).DayNumber;
        summed = judged = predicted = false;
    }

    public CustomerState State { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; }

    public DateOnly Today => DateOnly.FromDayNumber(today);

    /// <summary>The start of the customer, from which days are observed.</summary>
    public DateTimeOffset Start => State.Start;

    /// <summary>Business days from the start to today, both included; 0 before the start.</summary>
    public int DaysObserved => Math.Max(0, today - start + 1);

    /// <summary>Behaviour tags that an event of today took away; bit 0 is BT_001.</summary>
    internal int KeptTags => State.Kept is { Tags: not 0 } kept && calendar.DayOf(kept.At).DayNumber == today ? kept.Tags : 0;

    /// <summary>Null with fewer than 4 active days in the window.</summary>
    public int? UsualGapDays
    {
        get
        {
            Sum();
            return month.ActiveDays >= 4 ? longestGap : null;
        }
    }

    /// <summary>The four over the days of learning, which a morning does not change, and the eight as they are now.</summary>
    public RiskIndicators Raised
    {
        get
        {
            if (judged) return raised;
            Sum();
            raised = Indicators.OfLearning(learning, month) | Lasting();
            judged = true;
            return raised;
        }
    }

    /// <summary>
    /// The probability of no learner activity in the next 14 days, four decimals; null where nothing is predicted. The same all through a
    /// business day without an event.
    /// </summary>
    public decimal? ChurnProbability
    {
        get
        {
            if (predicted) return churn;
            predicted = true;
            churn = model is not null && Churn.IsPredicted(State, calendar, calendar.NextMidnight(Now).AddMilliseconds(-1))
                ? Math.Round((decimal)Churn.ProbabilityOf(State, calendar, model, Now), 4) : null;
            return churn;
        }
    }

    /// <summary>The prediction with what weighs most; null where nothing is predicted.</summary>
    public Foresight? Foresight =>
        ChurnProbability is null ? null : Churn.Of(State, calendar, model!, Now);

    /// <summary>Which model predicts; null where nothing is predicted.</summary>
    public int? ChurnModel => ChurnProbability is null ? null : model!.Number;

    /// <summary>How many indicators contradict a move to a learning tag: the eight one each, the four one together.</summary>
    public int ConflictingSignals =>
        Indicators.Count(Raised & ~RiskIndicators.OfADay) + ((Raised & RiskIndicators.OfADay) != 0 ? 1 : 0);

    public Trend ScoreTrend
    {
        get
        {
            Sum();
            return Trends.Of(week.Overall, ObservedWeek, overallBefore, ObservedBefore);
        }
    }

    /// <summary>The instant from which a recency metric counts; null for the other metrics.</summary>
    public DateTimeOffset? Anchor(Metric metric) => metric switch
    {
        Metric.DaysSinceLogin => LaterOf(State.Lifetime.LastLoginAt),
        Metric.DaysSinceActivity => LaterOf(State.Lifetime.LastActivityAt),
        Metric.DaysSinceEnrollment => State.AvailableAt,
        Metric.DaysInStatus => State.TagSince,
        _ => null,
    };

    /// <summary>A text metric's value; null when it has none, and for the other kinds.</summary>
    public string? Text(Metric metric) => metric switch
    {
        Metric.ScoreTrend => Trends.Name(ScoreTrend),
        Metric.CustomerTier => Tiers.Name(State.Profile.Tier),
        Metric.ProductTag => Tiers.ProductTag(State.Profile.Tier),
        Metric.PreviousTag => State.PreviousTag?.Code(),
        _ => null,
    };

    public MetricValue this[Metric metric] => Metrics.KindOf(metric) switch
    {
        MetricKind.Text => new MetricValue(Text: Text(metric)),
        MetricKind.List =>
            new MetricValue(List: metric == Metric.BehaviorTags ? BehaviorTags.Of(this) : Indicators.Names(Raised)),
        _ => TryNumber(metric, out var number) ? new MetricValue(Number: number) : default,
    };

    /// <summary>traits.NAME: a free trait, or a column of the profile, by any spelling of its name.</summary>
    public MetricValue Trait(string name)
    {
        var key = TraitNames.Key(name);
        if (State.Profile.Traits.TryGetValue(name, out var exact)) return TraitValues.Metric(exact);
        foreach (var (other, json) in State.Profile.Traits)
            if (TraitNames.Key(other) == key) return TraitValues.Metric(json);
        return key switch
        {
            "email" => new MetricValue(Text: State.Profile.Email),
            "name" => new MetricValue(Text: State.Profile.Name),
            "tier" => new MetricValue(Text: Tiers.Name(State.Profile.Tier)),
            "ltv" => new MetricValue(Number: State.Profile.LtvValue),
            "timezone" => new MetricValue(Text: State.Profile.Timezone),
            "locale" => new MetricValue(Text: State.Profile.Locale),
            _ => default,
        };
    }

    internal static decimal Minutes(long milliseconds) => Math.Round(milliseconds / 60_000m, 6);

    int ObservedWeek => Trends.Observed(today, 7, start);

    /// <summary>Observed days of the 7 before: they count when there is at least one.</summary>
    int ObservedBefore => Trends.Observed(today - 7, 7, start);

    DateTimeOffset LaterOf(DateTimeOffset? latest)
    {
        var from = State.ObservedFrom;
        return latest > from ? latest.Value : from;
    }

    int WholeDaysSince(DateTimeOffset anchor) => (int)Math.Max(0, (Now - anchor).Ticks / Day.Ticks);
}

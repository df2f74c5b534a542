using LStep.Domain.Predicting;

namespace LStep.Domain.Measuring;

/// <summary>The probability that a customer shows no learner activity in the next 14 days.</summary>
public static class Churn
{
    public const int HorizonDays = 14;

    /// <summary>There is a prediction from this business day on, the day of the start being day 0.</summary>
    public const int FirstDay = 14;

    const int ReasonsMax = 3;

    /// <summary>Contributions below this say nothing.</summary>
    const double LeastLogOdds = 0.01;

    /// <summary>Whether the customer has been observed long enough, and has not cancelled.</summary>
    public static bool IsPredicted(CustomerState state, BusinessCalendar calendar, DateTimeOffset now) =>
        calendar.DayOf(now).DayNumber - calendar.DayOf(state.ObservedFrom).DayNumber >= FirstDay
            && !(Cancellations.Of(state.Profile) is { } cancelled && cancelled <= now);

    /// <summary>Four decimals.</summary>
    public static double ProbabilityOf(CustomerState state, BusinessCalendar calendar, LiveModel model, DateTimeOffset now)
    {
        Span<float> features = stackalloc float[Features.Count];
        Features.Of(state, calendar, now, features);
        return Math.Round(model.Model.Probability(features), 4);
    }

    public static Foresight Of(CustomerState state, BusinessCalendar calendar, LiveModel model, DateTimeOffset now)
    {
        Span<float> features = stackalloc float[Features.Count];
        Features.Of(state, calendar, now, features);
        var probability = Math.Round(model.Model.Probability(features), 4);
        var silent = probability >= 0.5;
        var reasons = model.Model.Contributions(features)
            .Where(one => Math.Abs(one.LogOdds) >= LeastLogOdds)
            .OrderBy(one => one.LogOdds > 0 == silent ? 0 : 1).ThenByDescending(one => Math.Abs(one.LogOdds)).ThenBy(one => one.Feature)
            .Take(ReasonsMax)
            .Select(one => new ChurnReason(
                Features.All[one.Feature].Name, ReasonTexts.Of(Features.All[one.Feature].Name, one.Value), Math.Round(one.LogOdds, 4),
                Math.Round(one.Value, 4)));
        return new Foresight(probability, model.Number, [.. reasons]);
    }
}

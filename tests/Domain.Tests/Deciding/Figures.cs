using System.Collections.Immutable;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;

namespace LStep.Domain.Tests.Deciding;

/// <summary>States made by hand, for tables about single clauses, holds and reasons.</summary>
static class Figures
{
    public static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A customer observed for so many business days, today among them.</summary>
    public static CustomerState Customer(int observed = 60, decimal? ltv = null, Tier? tier = null, StatusTag tag = StatusTag.Active) =>
        new()
    {
        CustomerId = "figures",
        Tag = tag,
        TagSince = Now.AddDays(1 - observed),
        EvaluatedAt = Now,
        Profile = Profile.Empty with { LtvValue = ltv, Tier = tier, EnrolledAtTrait = Now.AddDays(1 - observed) },
        Governance = Governance.Empty with { Transitions = 1 },
    };

    public static CustomerState With(this CustomerState state, Func<Governance, Governance> change) =>
        state with { Governance = change(state.Governance) };

    public static CustomerState Lived(this CustomerState state, Func<Lifetime, Lifetime> change) =>
        state with { Lifetime = change(state.Lifetime) };

    public static CustomerState Active(this CustomerState state, int daysAgo, Func<DayWindow, DayWindow>? change = null)
    {
        var at = Now.AddDays(-daysAgo);
        var day = new DayWindow { Date = DateOnly.FromDateTime(at.UtcDateTime), Sessions = [new SessionRun(at, at)], Activities = 1 };
        return state with
        {
            Days = [.. state.Days.Append(change?.Invoke(day) ?? day).OrderBy(one => one.Date)],
            Lifetime = state.Lifetime.LastActivityAt > at ? state.Lifetime
                : state.Lifetime with { LastActivityAt = at, LastLoginEventAt = at },
        };
    }

    public static Condition Conditions(string json) =>
        ConditionJson.Parse(json) is Parsed<Condition>.Ok ok ? ok.Value
            : throw new ArgumentException($"bad conditions {json}", nameof(json));

    public static Rule Rule(int id, StatusTag to, string conditions, int priority = 10) => new()
    {
        Id = id, Name = $"rule {id}", From = [.. StatusTags.All.Where(tag => tag != to)], To = to, Priority = priority,
        Conditions = Conditions(conditions),
    };

    public static Rulebook Book(params ImmutableArray<Rule> rules) =>
        new(new RuleSet(9, "test", Now, rules), new Policy(), BusinessCalendar.Utc);

    public static Measured Seen(CustomerState state) => new(Measures.Of(state, BusinessCalendar.Utc, Now));

    public static Ruling Ruled(CustomerState state, Rulebook book) => Evaluation.Rule(state, book, Measures.Of(state, book.Calendar, Now));
}

using LStep.Domain.Measuring;
using LStep.Domain.Tests.Deciding;

namespace LStep.Domain.Tests;

/// <summary>Customers and activities for tests; every instant is stated as an ISO text.</summary>
static class Given
{
    static int messages;

    public static DateTimeOffset At(string iso) =>
        DateTimeOffset.Parse(iso, null, System.Globalization.DateTimeStyles.AssumeUniversal).ToUniversalTime();

    public static Activity An(ActivityType type, string at, string? id = null) => new()
    {
        MessageId = id ?? $"m-{Interlocked.Increment(ref messages):D6}",
        Type = type,
        OccurredAt = At(at),
        ReceivedAt = At(at),
    };

    public static Activity Identify(string at, string traits, string? id = null) =>
        An(ActivityType.Identify, at, id) with { Properties = traits };

    public static CustomerState Customer(string since = "2026-01-01T00:00Z") => new()
    {
        CustomerId = "c-1",
        Tag = StatusTag.Active,
        TagSince = At(since),
        EvaluatedAt = At(since),
        Profile = Profile.Empty,
        Governance = Governance.Empty,
    };

    public static CustomerState With(this CustomerState state, string now, params Activity[] activities) =>
        state.With(BusinessCalendar.Utc, now, activities);

    public static CustomerState With(this CustomerState state, BusinessCalendar calendar, string now, params Activity[] activities) =>
        Admission.Admit(state, activities, calendar, At(now)).State;

    public static Measures As(this CustomerState state, string now) => Measures.Of(state, BusinessCalendar.Utc, At(now));

    public static decimal? Number(this Measures measures, Metric metric) => measures.TryNumber(metric, out var number) ? number : null;
}

namespace LStep.Domain.Campaigning;

/// <summary>The hours of the customer's own clock in which nobody is disturbed.</summary>
/// <param name="From">The first quiet minute of the day.</param>
/// <param name="To">The first minute that is no longer quiet; earlier in the day than From where the night is between them.</param>
public readonly record struct QuietHours(TimeOnly From, TimeOnly To)
{
    public static QuietHours Default { get; } = new(new TimeOnly(21, 0), new TimeOnly(8, 0));

    /// <summary>The first instant from this one on that is not quiet.</summary>
    public DateTimeOffset Allowed(DateTimeOffset instant, TimeZoneInfo zone)
    {
        if (!IsQuiet(instant, zone)) return instant;
        var end = instant + (To - TimeOf(instant, zone));
        if (zone.GetUtcOffset(end) == zone.GetUtcOffset(instant)) return end;
        // The clocks are changed meanwhile: minutes are left out or come twice, so that each has to be looked at.
        var minute = instant.AddTicks(-instant.UtcTicks % TimeSpan.TicksPerMinute);
        do minute = minute.AddMinutes(1);
        while (IsQuiet(minute, zone));
        return minute;
    }

    bool IsQuiet(DateTimeOffset instant, TimeZoneInfo zone) => From != To && TimeOf(instant, zone).IsBetween(From, To);

    static TimeOnly TimeOf(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}

/// <summary>Days of a zone's own calendar.</summary>
public static class LocalTimes
{
    /// <summary>The customer's own zone, or the business zone where it has none that is known.</summary>
    public static TimeZoneInfo ZoneOf(Profile profile, BusinessCalendar calendar) =>
        profile.Timezone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var theirs) ? theirs : calendar.Zone;

    /// <summary>The first instant of a day.</summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone) => new BusinessCalendar(zone).StartOf(day);

    public static DateOnly DayOf(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}

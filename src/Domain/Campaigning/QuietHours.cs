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
        if (From == To) return instant;
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        var time = TimeOnly.FromDateTime(local.DateTime);
        if (!time.IsBetween(From, To)) return instant;
        var day = DateOnly.FromDateTime(local.DateTime);
        return LocalTimes.FirstAfter(instant, time < To ? day : day.AddDays(1), To, zone);
    }
}

/// <summary>Local times as instants, also where the clocks are changed.</summary>
static class LocalTimes
{
    /// <summary>The first instant of a day.</summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone) => new BusinessCalendar(zone).StartOf(day);

    /// <summary>
    /// The first instant after another one at which the zone's clocks show this time: where they skip it, the first later time there is;
    /// where they show it twice, whichever of both is still to come.
    /// </summary>
    public static DateTimeOffset FirstAfter(DateTimeOffset instant, DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        if (!zone.IsAmbiguousTime(local)) return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        var both = zone.GetAmbiguousTimeOffsets(local);
        var first = new DateTimeOffset(local, both.Max()).ToUniversalTime();
        return first > instant ? first : new DateTimeOffset(local, both.Min()).ToUniversalTime();
    }

    public static DateOnly DayOf(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}

namespace LStep.Domain;

/// <summary>Calendar days of the one business time zone. Immutable; safe to share.</summary>
public sealed class BusinessCalendar(TimeZoneInfo zone)
{
    public static BusinessCalendar Utc { get; } = new(TimeZoneInfo.Utc);

    public TimeZoneInfo Zone { get; } = zone;

    /// <summary>The business day an instant falls on.</summary>
    public DateOnly DayOf(DateTimeOffset instant) =>
        Zone == TimeZoneInfo.Utc
            ? DateOnly.FromDateTime(instant.UtcDateTime)
            : DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>The first instant of a business day. Where the clocks skip midnight, the first instant that exists.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        if (Zone == TimeZoneInfo.Utc) return new DateTimeOffset(midnight, TimeSpan.Zero);
        while (Zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
        // Of the two midnights of an ambiguous day the earlier one begins the day.
        var offset = Zone.IsAmbiguousTime(midnight) ? Zone.GetAmbiguousTimeOffsets(midnight).Max() : Zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }

    /// <summary>The first business midnight strictly after an instant.</summary>
    public DateTimeOffset NextMidnight(DateTimeOffset after) => StartOf(DayOf(after).AddDays(1));
}

using LStep.Domain.Campaigning;

namespace LStep.Domain.Tests.Campaigning;

/// <summary>What is allowed, as slowly and simply as it can be said: every minute by itself, from what a clock on the wall shows.</summary>
sealed record MinuteByMinute(TimeZoneInfo Zone, SendingLimits Limits, IReadOnlyCollection<DateTimeOffset> Sent)
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public bool IsQuiet(DateTimeOffset at)
    {
        var (time, quiet) = (TimeOnly.FromDateTime(Local(at)), Limits.Quiet);
        return quiet.From <= quiet.To ? time >= quiet.From && time < quiet.To : time >= quiet.From || time < quiet.To;
    }

    public bool IsFull(DateTimeOffset at) =>
        Sent.Count(one => one > at - TimeSpan.FromHours(168)) >= Limits.PerWeek
        || Sent.Count(one => Local(one).Date == Local(at).Date) >= Limits.PerDay;

    /// <summary>Null where there is none within two weeks and a day.</summary>
    public DateTimeOffset? FirstAllowed(DateTimeOffset from)
    {
        for (var at = from; at < from.AddDays(15); at += Minute)
            if (!IsQuiet(at) && !IsFull(at)) return at;
        return null;
    }

    public DateTimeOffset? FirstAwake(DateTimeOffset from)
    {
        for (var at = from; at < from.AddDays(2); at += Minute)
            if (!IsQuiet(at)) return at;
        return null;
    }

    DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).DateTime;
}

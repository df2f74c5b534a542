using LStep.Api.Http;
using LStep.Domain.Analysing;
using LStep.Grains;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Analytics;

/// <summary>The business days that every answer of analytics is about: parameters from and to, both included.</summary>
internal static class AnalyticsRange
{
    public const int DaysDefault = 28, DaysMax = 1_100;

    // Nothing is recorded before this day, and the range of equal length before it still has dates.
    private static readonly DateOnly Earliest = new(2000, 1, 1);

    public static RouteHandlerBuilder WithRange(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(
        QueryParameter.Day("from") with { Codes = [] }, QueryParameter.Day("to") with { Codes = [] });

    /// <summary>The range that was asked for, the last 28 days up to today without one; or what is wrong with the query.</summary>
    public static (DayRange Range, UnprocessableProblem? Wrong) Read(
        QueryReader query, RulebookSource rulebook, TimeProvider clock, Func<DateOnly, DateOnly>? fromDefault = null)
    {
        var today = rulebook.Current.Calendar.DayOf(clock.Now());
        var (from, to) = query.Days(today, DaysDefault, DaysMax, fromDefault);
        if (query.Unprocessable is { } wrong) return (default, wrong);
        if (from < Earliest) return (default, OutOf("from", $"from is {Earliest:yyyy-MM-dd} or later."));
        if (to == DateOnly.MaxValue) return (default, OutOf("to", "to is a day that has one after it."));
        return (new DayRange(from, to), null);
    }

    private static UnprocessableProblem OutOf(string path, string message) => new(new InputError(path, "bad_date", message));
}

using System.Diagnostics;
using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Domain.Predicting;
using LStep.Grains.Database;
using LStep.Grains.Rules;
using LStep.Grains.Time.Figures;

namespace LStep.Workbench.Bench;

/// <summary>
/// The figures and predictions of everybody made anew as of the next business day, when nearly every prediction is another one.
/// </summary>
internal static class FiguresAnew
{
    /// <summary>What was not followed yet is, first, and not counted.</summary>
    public static async Task<TimeSpan> Measure(PostgresDatabase database, LiveModel model, DateTimeOffset now, CancellationToken cancel)
    {
        var rules = await new RuleSets(database).Newest(cancel);
        var (figures, calendar) = (new FigureRows(database), BusinessCalendar.Utc);
        var book = new Rulebook(rules, new Policy(), calendar, Model: model);
        await figures.FlushAsync(book, now, cancel);
        // From its first instant on the silo, too, is at the day that somebody has begun.
        var watch = Stopwatch.StartNew();
        await figures.FlushAsync(book, calendar.StartOf(calendar.DayOf(now).AddDays(1)), cancel);
        return watch.Elapsed;
    }
}

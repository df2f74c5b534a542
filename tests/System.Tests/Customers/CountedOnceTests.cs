using System.Net.Http.Json;
using LStep.Domain;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using LStep.Grains.Time.Daily;
using Microsoft.Extensions.DependencyInjection;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Customers;

/// <summary>
/// Repeats of a page: a module counts once a customer and a lesson once a day, whatever comes late and from how long ago.
/// </summary>
public sealed class CountedOnceTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Begin = new(2026, 6, 30, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = DateOnly.FromDateTime(Begin.UtcDateTime);
    private LStepHost host = null!;

    public async Task InitializeAsync() => host = await LStepHost.Start(Begin);

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task An_earlier_completion_that_comes_late_moves_the_module_and_both_daily_rows()
    {
        await Import(Module(-1), Module(-10), Module(-20));
        Assert.Equal([(-20, 1), (-10, 0), (-1, 0)], await DailyModules());
        await Import(Module(-25));
        Assert.Equal([(-25, 1), (-20, 0), (-10, 0), (-1, 0)], await DailyModules());
        // Before the window, and long before it.
        await Import(Module(-60));
        Assert.Equal([(-60, 1), (-25, 0), (-20, 0), (-10, 0), (-1, 0)], await DailyModules());
        await Import(Module(-200), Module(-100));
        Assert.Equal([(-200, 1), (-100, 0), (-60, 0), (-25, 0), (-20, 0), (-10, 0), (-1, 0)], await DailyModules());
        Assert.Equal(1, await Metric("modules_completed"));
        Assert.Equal(0, await Metric("modules_completed_30d"));
        await HasNoDifferences();
    }

    [Fact]
    public async Task A_lesson_of_a_day_before_the_window_counts_once_over_all_requests()
    {
        await Import(Lesson(-100), Lesson(-100.01), Lesson(-99), Lesson(-1), Lesson(-1.01));
        Assert.Equal(3, await Metric("lessons_completed"));
        await Import(Lesson(-100.02), Lesson(-100.03, "other"), Lesson(-98));
        Assert.Equal(5, await Metric("lessons_completed"));
        await host.MoveClock(Begin.AddDays(40));
        // What was in the window when it came is known from the log, too.
        await Import(Lesson(-1.02), Lesson(-1.03, ""));
        Assert.Equal(6, await Metric("lessons_completed"));
        await HasNoDifferences();
    }

    private static object Module(double day) =>
        Track("ada", "Module Completed", Begin.AddDays(day), new { moduleId = "m" }, $"m{day}");

    private static object Lesson(double day, string id = "l") =>
        Track("ada", "Lesson Completed", Begin.AddDays(day), new { lessonId = id }, $"l{day}");

    private async Task Import(params object[] batch)
    {
        var answer = await host.Ingest.PostAsJsonAsync("/v1/import", new { batch });
        Assert.Equal("""{"success":true}""", await answer.Content.ReadAsStringAsync());
    }

    private async Task<decimal> Metric(string name) =>
        (await host.Get("/api/customers/ada")).GetProperty("metrics").GetProperty(name).GetDecimal();

    private async Task<List<(int Day, int Modules)>> DailyModules()
    {
        await host.Services.GetRequiredService<DailyRows>().FlushAsync(BusinessCalendar.Utc);
        await using var command = host.Database.Source.CreateCommand(
            "SELECT date, modules_completed FROM daily_learning_metrics WHERE customer_id = 'ada' ORDER BY date");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(int, int)>();
        while (await reader.ReadAsync())
            rows.Add((reader.GetFieldValue<DateOnly>(0).DayNumber - Today.DayNumber, reader.GetInt32(1)));
        return rows;
    }

    private async Task HasNoDifferences()
    {
        var result = await host.Services.GetRequiredService<Verify>().Run(
            host.Services.GetRequiredService<RulebookSource>().Current, host.Now);
        Assert.True(result.Same, string.Join('\n', result.Differences));
    }
}

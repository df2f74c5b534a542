using System.Net.Http.Json;
using System.Text.Json;
using LStep.Domain;
using LStep.Grains.Time.Daily;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Privacy;

/// <summary>A person of whom everything is stored that can be.</summary>
internal static class Person
{
    public const string Ada = "ada-7f3c";
    public const string Email = "Ada.Lovelace@Example.org";
    public const string Name = "Ada Lövelace";
    public const string Device = "device-of-ada-91";

    public static readonly DateTimeOffset Begin = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
    public static readonly string[] Personal = [Ada, Email, Name, Device, "020 7946 0018"];

    /// <summary>
    /// A person with everything: profile, device, log, moves, a review, an error of a batch, refusals, and what people did.
    /// </summary>
    public static async Task<LStepHost> Known(Lines? lines = null)
    {
        var host = await LStepHost.Start(
            Begin, with: options => lines is null ? options : options with
            {
                LogLevel = LogLevel.Trace, Services = services => services.AddSingleton<ILoggerProvider>(lines),
            });
        await host.Post(
            new { type = "track", anonymousId = Device, @event = "Page Viewed", timestamp = Begin, messageId = $"{Device}-1" },
            new
            {
                type = "identify", userId = Ada, anonymousId = Device, timestamp = Begin, messageId = $"{Ada}-identify",
                traits = new { email = Email, name = Name, tier = "Enterprise", phone = "020 7946 0018" },
            },
            Track(Ada, "Lesson Completed", Begin, new { lessonId = "l1", note = $"by {Name}" }), Track("bystander", "Logged In", Begin));
        await host.Ingest.PostAsJsonAsync("/v1/batch", new
        {
            batch = new object[]
            {
                new { type = "track", userId = Ada, @event = "Quiz Completed", properties = new { score = 400 }, messageId = $"{Ada}-bad" },
                new { type = "identify", traits = new { email = Email.ToLowerInvariant(), name = Name }, messageId = "nobody-1" },
                new { type = "track", anonymousId = Device, @event = "Quiz Completed", properties = new {
                    score = 400 }, messageId = "anonymous-bad" },
            },
        });
        await host.MoveClock(Begin.AddDays(3.5)); // a review is open
        await host.Services.GetRequiredService<DailyRows>().FlushAsync(BusinessCalendar.Utc);
        await host.MoveClock(Begin.AddDays(40));
        await host.Get($"/api/customers/{Ada}/export");
        await host.Client.PostAsJsonAsync("/api/evaluations", new { customers = new[] { Ada, "bystander" } });
        await Signals.UntilAsync(async () => (await host.Get("/api/evaluations?limit=1")).GetProperty("items")[0]
            .GetProperty("finishedAt").ValueKind != JsonValueKind.Null);
        return host;
    }
}

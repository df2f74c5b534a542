using System.Net.Http.Json;
using System.Text.Json;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Time;

public sealed class ImportTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_live_milestone_ten_seconds_after_an_import_is_decided_at_once_and_the_import_a_minute_after_its_last_part()
    {
        await using var host = await LStepHost.Start(Begin);
        await Import(host, Identify("c", Begin.AddDays(-20), new { createdAt = Begin.AddDays(-20) }), Quiz(-3), Module("m1", -3));

        await host.MoveClock(Begin.AddSeconds(10));
        await host.Post(Track("c", "Module Completed", Begin.AddSeconds(10), new { moduleId = "m2" }));
        await host.MoveClock(Begin.AddSeconds(30));
        await Import(host, Track("c", "Course Completed", Begin.AddDays(-1), new { curriculumCompletion = 95 }),
            Track("c", "Assessment Taken", Begin.AddDays(-1), new { score = 95, final = true }, "final"),
            Track("c", "Answer Given", Begin.AddDays(-1), null, "a1"), Track("c", "Answer Given", Begin.AddDays(-1), null, "a2"));
        await host.MoveClock(Begin.AddSeconds(89));
        Assert.Equal(["ST_001 0 system", "ST_002 10 system"], await Path(host));

        await host.MoveClock(Begin.AddSeconds(90));
        Assert.Equal(["ST_001 0 system", "ST_002 10 system", "ST_003 90 import"], await Path(host));
    }

    [Fact]
    public async Task A_stream_of_imports_is_settled_after_ten_minutes()
    {
        await using var host = await LStepHost.Start(Begin);
        for (var part = 0; part < 24; part++)
        {
            await host.MoveClock(Begin.AddSeconds(30 * part));
            await Import(host, part == 0 ? Quiz(-3) : Module($"m{part}", -3));
        }
        Assert.Equal(["ST_001 0 system", "ST_002 600 import"], await Path(host));
    }

    private static object Module(string id, int days) => Track("c", "Module Completed", Begin.AddDays(days), new { moduleId = id }, id);

    private static object Quiz(int days) => Track("c", "Quiz Completed", Begin.AddDays(days), new { score = 80 });

    private static async Task Import(LStepHost host, params object[] messages)
    {
        var answer = await host.Ingest.PostAsJsonAsync("/v1/import", new { batch = messages });
        Assert.Equal("""{"success":true}""", await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Tag, seconds after the beginning and by whom, of each ledger row.</summary>
    private static async Task<string[]> Path(LStepHost host) =>
    [
        .. (await host.Get("/api/transitions")).GetProperty("items").EnumerateArray().Select(row =>
            $"{Text(row, "to")} {(row.GetProperty("dueAt").GetDateTimeOffset() - Begin).TotalSeconds} {Text(row, "assignedBy")}"),
    ];

    private static string Text(JsonElement row, string field) => row.GetProperty(field).GetString()!;
}

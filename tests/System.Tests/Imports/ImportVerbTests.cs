using LStep.System.Tests.Ingest;
using static LStep.System.Tests.Imports.Logs;

namespace LStep.System.Tests.Imports;

/// <summary>The verb as people call it.</summary>
public sealed class ImportVerbTests(LStepHostFixture silo) : IClassFixture<LStepHostFixture>
{
    private LStepHost Host => silo.Host;

    [Fact]
    public async Task A_log_is_looked_at_then_brought_to_the_server_that_runs_on_the_data_then_known()
    {
        var path = File("tracking.log", string.Join('\n',
        [
            Edx("play_video", "9001", "2026-03-10T09:30:00Z"), Edx("/api/other", "9001", "2026-03-10T09:30:01Z"), "no, \"event\"", "",
        ]));
        string[] asked = ["openedx", path, "--postgres", Host.ConnectionString];

        var dry = await Import([.. asked, "--dry-run"]);
        Assert.Equal(1, dry.ExitCode);
        Assert.Contains("3 events: 1 would be taken, 0 known already, 1 left out, 1 refused", dry.Output, StringComparison.Ordinal);
        Assert.Contains("1  /api/other", dry.Output, StringComparison.Ordinal);
        Assert.Empty(await Host.Database.Log("9001"));

        var brought = await Import(asked);
        Assert.Contains($"To the server at {Host.Address}", brought.Output, StringComparison.Ordinal);
        Assert.Contains("3 events: 1 taken, 0 known already, 1 left out, 1 refused", brought.Output, StringComparison.Ordinal);
        Assert.Equal(["VideoPlay Video Played"], await Host.Database.Events("9001"));
        Assert.Equal(
            ["line,code,reason,original", "3,unreadable_row,\"it has no JSON object\",\"no, \"\"event\"\"\""],
            await global::System.IO.File.ReadAllLinesAsync(path + ".rejected.csv"));

        Assert.Contains("1 known already", (await Import(asked)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_is_printed_and_wrong_usage_is_told_in_a_sentence()
    {
        var table = await Import("moodle", "--print-table");
        Assert.Equal((0, true), (table.ExitCode, table.Output.StartsWith("event,becomes,who,properties,when", StringComparison.Ordinal)));
        foreach (var (sentence, asked) in new (string, string[])[]
                 {
                     ("'canvas' is none of moodle, openedx", ["canvas", "x"]), ("Give the file to import", ["moodle"]),
                     ("'noon' is none of day, month, year", ["moodle", "x", "--dates", "noon"]),
                     ("which is no IANA time zone", ["moodle", "x", "--zone", "Nowhere"]),
                 })
        {
            var ended = await Import(asked);
            Assert.True(
                ended.ExitCode == 2 && ended.Output.Contains(sentence, StringComparison.Ordinal), $"{ended.ExitCode} {ended.Output}");
        }
        Assert.Contains("There is no file", (await Import("moodle", "/no/such/file")).Output, StringComparison.Ordinal);
    }

    private Task<Ended> Import(params string[] arguments) => Programs.RunIn(
        AppContext.BaseDirectory, new Dictionary<string, string> { ["LSTEP_WRITE_KEY"] = Host.WriteKey },
        "dotnet", ["lstep-silo.dll", "import", .. arguments]);
}

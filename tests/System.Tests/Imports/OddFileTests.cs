using System.IO.Compression;
using System.Text;
using LStep.Silo.Imports;
using LStep.System.Tests.Ingest;
using static LStep.System.Tests.Imports.Logs;

namespace LStep.System.Tests.Imports;

/// <summary>Files as they should not be: each bad line is told with its number, and the others are brought.</summary>
public sealed class OddFileTests(LStepHostFixture silo) : IClassFixture<LStepHostFixture>
{
    private const string Time = "2026-03-10T09:30:00+00:00";

    private LStepHost Host => silo.Host;

    [Fact]
    public async Task Lines_of_a_tracking_log_that_cannot_be_read_are_told_and_the_others_brought()
    {
        byte[] content =
        [
            .. Encoding.UTF8.GetBytes("\uFEFF" + Edx("play_video", "8001", Time) + "\r\n\r\nno event at all\r\n{\"event_type\":\r\n"),
            0x7B, 0xC3, 0x28, 0x00, 0xFF, (byte)'\n',
            .. Encoding.UTF8.GetBytes(Edx("play_video", "8001", "yesterday") + "\n[1]\n" + Edx("play_video", "\"\\ud800\"", Time) + "\n"
                + Edx("seq_next", "8001", Time) + "\n" + Edx("play_video", "8001", Time)[..200]),
        ];
        var (sums, refused, _) = await Import("openedx", File("odd.log", content), Host);
        Assert.Equal([3, 4, 5, 6, 7, 10], refused.Select(one => one.Row.Line));
        Assert.Equal((2, 6), (sums.Taken, sums.Rejected));
        Assert.Equal("no event at all", refused[0].Row.Original);
        Assert.Equal(["PageView x_module", "VideoPlay Video Played"], await Host.Database.Events("8001"));
    }

    [Fact]
    public async Task Records_of_a_table_that_cannot_be_read_are_told_and_the_others_brought()
    {
        var content = string.Join('\n',
        [
            TableHead,
            Login(1, "{}", 1773136800),
            Login(2, "{}", 1773136801).Replace(",web,", ",\"web,", StringComparison.Ordinal),
            Login(3, "{\"a\":\n\"two\nlines\"}", 1773136802),
            "4,too,few",
            Login(5, "{}", 0).Replace(",0,web", ",soon,web", StringComparison.Ordinal),
            Login(6, "{}", 1773136803),
            "7,\\core\\event\\user_loggedin,core,x,y,NULL,NULL,r,2,30,70,0,81",
        ]);
        var (sums, refused, _) = await Import("moodle", File("odd.csv", content), Host);
        Assert.Equal([3, 7, 8, 10], refused.Select(one => one.Row.Line));
        Assert.Equal(3, sums.Taken);
        Assert.Equal(["moodle-1", "moodle-3", "moodle-6"], await Host.Database.Log("8101"));

        static string Login(int id, string other, long at) =>
            TableRow(id, "\\core\\event\\user_loggedin", "8101", "NULL", 0, other, at);
    }

    [Fact]
    public async Task A_JSON_file_that_breaks_off_or_has_garbage_within_loses_no_other_record()
    {
        static string Good(int id) =>
            $$"""{"id":"{{id}}","eventname":"\\core\\event\\user_loggedin","userid":"8201","timecreated":"1773136800"}""";

        var content = $"[{Good(1)},\n@@@ garbage,\n{Good(2)},\n{{\"id\":3}},{{\"id\" 4}},{Good(5)},\n{Good(6)[..40]}";
        var (sums, refused, _) = await Import("moodle", File("odd.json", content), Host);
        Assert.Equal([2, 4, 4, 5], refused.Select(one => one.Row.Line));
        Assert.Equal(3, sums.Taken);
        Assert.Equal(["moodle-1", "moodle-2", "moodle-5"], await Host.Database.Log("8201"));
    }

    [Fact]
    public async Task A_packed_file_that_breaks_off_is_told_and_what_came_before_is_brought()
    {
        var random = new Random(7);
        var lines = string.Join('\n', Enumerable.Range(0, 5_000).Select(
            n => Edx("play_video", "8301", Time, $"{{\"id\":\"v{n}-{random.NextInt64():x}{random.NextInt64():x}\"}}")));
        var packed = Packed(lines);
        var (sums, refused, _) = await Import("openedx", File("cut.log.gz", packed[..(packed.Length / 2)]));
        Assert.True(sums.Taken > 1_000, $"{sums}");
        Assert.NotEmpty(refused);

        packed[packed.Length / 2] ^= 0x55;
        (sums, refused, _) = await Import("openedx", File("broken.log.gz", packed));
        Assert.NotEmpty(refused);
    }

    [Fact]
    public async Task A_line_of_a_gigabyte_is_refused_and_never_held()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("lstep-import-").FullName, "giant.log.gz");
        await using (var file = global::System.IO.File.Create(path))
        await using (var packed = new GZipStream(file, CompressionLevel.Fastest))
        {
            await packed.WriteAsync(Encoding.UTF8.GetBytes(Edx("play_video", "8401", Time) + "\n{\"event\":\""));
            var much = Encoding.UTF8.GetBytes(new string('x', 1 << 20));
            for (var i = 0; i < 1_024; i++) await packed.WriteAsync(much);
            await packed.WriteAsync(Encoding.UTF8.GetBytes("\"}\n" + Edx("seq_next", "8401", Time) + "\n"));
        }
        // On this thread alone, so that the bytes are its own.
        var before = GC.GetAllocatedBytesForCurrentThread();
        FileRow[] rows = [.. LogFile.Open("openedx", path, new LogOptions()).Rows()];
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal([1, 2, 3], rows.Select(row => row.Line));
        Assert.Equal((null, "it is longer than 1024 KB", 2_000), (rows[1].Message, rows[1].Reason, rows[1].Original.Length));
        Assert.All([rows[0], rows[2]], row => Assert.NotNull(row.Message));
        Assert.True(bytes < 64L << 20, $"{bytes} bytes");
    }

    [Fact]
    public async Task The_same_of_records_of_a_table_and_of_a_JSON_file()
    {
        var giant = new string('x', 3 << 20);
        var csv = $"{TableHead}\n{giant}\n{TableRow(1, "\\core\\event\\user_loggedin", "8501", "NULL", 0, "{}", 1773136800)}\n\"{giant}";
        var (sums, refused, _) = await Import("moodle", File("giant.csv", csv), Host);
        Assert.Equal((1, 2), (sums.Taken, sums.Rejected));
        var json = $$"""[{"id":1,"x":"{{giant}}"},{"id":2,"eventname":"\\core\\event\\user_loggedin","userid":8502,"timecreated":1773136800}]""";
        (sums, refused, _) = await Import("moodle", File("giant.json", json), Host);
        Assert.Contains(refused, one => one.Reason.StartsWith("it is longer", StringComparison.Ordinal));
        Assert.Equal(["moodle-2"], await Host.Database.Log("8502"));
    }

    [Fact]
    public async Task Noise_is_refused_line_by_line_and_throws_nothing()
    {
        var random = new Random(11);
        for (var i = 0; i < 40; i++)
        {
            var noise = new byte[random.Next(1, 20_000)];
            random.NextBytes(noise);
            byte[] csv = [.. Encoding.UTF8.GetBytes(TableHead + "\n"), .. noise], json = [.. "[{"u8, .. noise];
            Assert.Equal(0, (await Import("openedx", File("noise.log", noise))).Sums.Taken);
            Assert.Equal(0, (await Import("moodle", File("noise.csv", csv))).Sums.Taken);
            Assert.Equal(0, (await Import("moodle", File("noise.json", json))).Sums.Taken);
        }
    }
}

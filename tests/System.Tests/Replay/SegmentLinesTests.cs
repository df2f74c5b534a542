using System.IO.Compression;
using System.Text;
using LStep.Workbench.Replay;

namespace LStep.System.Tests.Replay;

/// <summary>Files of Segment messages are read as the ingest reads them.</summary>
public sealed class SegmentLinesTests : IDisposable
{
    private const string Good = """{"type":"track","userId":"u","event":"Login","messageId":"good","timestamp":"2026-01-05T10:00:00Z"}""";
    private readonly string folder = Directory.CreateTempSubdirectory("lstep-lines-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("1767607200000")]
    [InlineData("1767607200")]
    [InlineData("\"1767607200000\"")]
    [InlineData("\"2026-01-05T10:00:00Z\"")]
    [InlineData("\"20260105T100000Z\"")]
    [InlineData("\"2026-01-05T11:00:00+0100\"")]
    [InlineData("\"2026-01-05 10:00\"")]
    public void Every_date_that_the_ingest_reads_is_read(string timestamp)
    {
        var source = Open($$"""{"type":"track","userId":7,"event":"Login","timestamp":{{timestamp}}}""");
        var message = Assert.Single(Messages(source));
        Assert.Equal((new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero), "7"), (message.At, message.Sender));
    }

    [Fact]
    public void The_original_timestamp_is_taken_where_the_timestamp_says_nothing()
    {
        var source = Open("""{"type":"track","userId":"u","timestamp":0,"originalTimestamp":"2026-01-05T10:00:00Z"}""");
        Assert.Equal(10, Assert.Single(Messages(source)).At.Hour);
    }

    [Fact]
    public void Blank_lines_marks_of_byte_order_and_the_line_ends_of_windows_do_not_matter()
    {
        var source = Open($"\uFEFF{Good}\r\n\r\n  \t\r\n\uFEFF{Good}\r\n");
        Assert.Equal(2, Messages(source).Count);
        Assert.Empty(source.LeftOut);
    }

    [Fact]
    public void A_bad_line_is_told_with_its_number_and_ends_nothing()
    {
        var undated = Good.Replace("2026-01-05T10:00:00Z", "then", StringComparison.Ordinal);
        var source = Open($"\n{Good}\n{{\"type\":\n\n7\n{{\"userId\":\"u\"}}\n{undated}\n{Good}");
        Assert.Equal(2, Messages(source).Count);
        Assert.Equal(["line 3", "line 5", "line 6", "line 7"], source.LeftOut.Select(line => line.Split(", ")[1].Split(':')[0]));
    }

    [Fact]
    public void A_file_of_which_nothing_can_be_read_is_refused_with_its_first_reason() =>
        Assert.Contains("line 2: it is no JSON", Assert.Throws<InvalidDataException>(() => Open("\nno\nno\n")).Message);

    [Fact]
    public void A_line_may_be_an_array_or_a_batch()
    {
        var source = Open($$"""
            [{{Good}},{{Good}}, 5]
            {"batch":[{{Good}}],"sentAt":"2026-01-05T10:00:00Z"}
            """);
        Assert.Equal(3, Messages(source).Count);
        Assert.Contains("line 1", Assert.Single(source.LeftOut));
    }

    [Theory]
    [InlineData("""{"type":"track","userId":"u","event":"Login","timestamp":"2026-01-05T10:00:00Z"}""")]
    [InlineData("""{"type":"track","userId":"u","event":"Login","messageId":"","timestamp":"2026-01-05T10:00:00Z"}""")]
    [InlineData("""{"messageId":null,"type":"track","userId":"\ud83c","\ud83c":1,"timestamp":"2026-01-05T10:00:00Z" }""")]
    public void A_message_without_an_id_is_given_one_that_stays(string line)
    {
        var (first, again) = (Assert.Single(Messages(Open(line))), Assert.Single(Messages(Open(line))));
        Assert.True(first.Json.Span.SequenceEqual(again.Json.Span));
        Assert.StartsWith("line-1-", Ingest.Posted.Taken(Encoding.UTF8.GetString(first.Json.Span)).MessageId);
    }

    [Fact]
    public void A_packed_file_is_unpacked()
    {
        var path = Path.Combine(folder, "packed.ndjson.gz");
        using (var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest)) packed.Write(Encoding.UTF8.GetBytes(Good));
        Assert.Single(Messages(ReplaySource.Open([path])));
    }

    private ReplaySource Open(string text)
    {
        var path = Path.Combine(folder, "lines.ndjson");
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return ReplaySource.Open([path]);
    }

    private static List<SegmentMessage> Messages(ReplaySource source) => [.. source.Days().SelectMany(day => day.Messages)];
}

using System.Text;
using LStep.Silo.Imports;
using LStep.System.Tests.Ingest;
using static LStep.System.Tests.Imports.Logs;

namespace LStep.System.Tests.Imports;

/// <summary>Tracking logs of Open edX, to what is in the customers' logs.</summary>
public sealed class OpenEdxTests(LStepHostFixture silo) : IClassFixture<LStepHostFixture>
{
    private const string Time = "2026-03-10T09:30:00.431355+00:00";

    private LStepHost Host => silo.Host;

    [Theory]
    [InlineData(7001, false)]
    [InlineData(7002, true)]
    public async Task A_tracking_log_is_brought_packed_or_not_and_a_second_time_changes_nothing(int who, bool isPacked)
    {
        var content = Log($"{who}");
        var path = File(isPacked ? "tracking.log.gz" : "tracking.log", isPacked ? Packed(content) : Encoding.UTF8.GetBytes(content));
        var (sums, refused, log) = await Import("openedx", path, Host);
        Assert.Empty(refused);
        Assert.Equal(new ImportSums(11, 7, 0, 0, 4), sums);
        Assert.Equal([("/api/user/v1/me", 1L)], log.Without);
        Assert.Equal(
            ["Answer Answer Given", "AssessmentTaken Quiz Completed", "CourseCompleted Course Completed", "ForumPost Forum Post Created",
                "LessonCompleted Lesson Completed", "PageView block-v1:seq", "VideoPlay Video Played"],
            await Host.Database.Events($"{who}"));

        (sums, _, _) = await Import("openedx", path, Host);
        Assert.Equal(new ImportSums(11, 0, 7, 0, 4), sums);
    }

    [Fact]
    public async Task An_answer_has_its_grade_as_a_score()
    {
        await Import("openedx", File("score.log", Edx(
            "problem_check", "7101", Time, """{"problem_id":"p1","grade":2,"max_grade":3}""")), Host);
        await using var command = Host.Database.Source.CreateCommand("SELECT score FROM activities WHERE customer_id = '7101'");
        Assert.Equal(66.6667m, (decimal)(await command.ExecuteScalarAsync())!);
    }

    [Fact]
    public async Task What_the_systems_log_puts_before_an_event_is_passed_over_and_the_shape_of_the_event_bus_is_read()
    {
        var content = "Mar 10 09:30:00 lms [service_variant=lms][tracking][env:prod] INFO [lms 1] [logger.py:41] - "
            + Edx("play_video", "7201", Time, "\"{\\\"id\\\":\\\"v1\\\",\\\"code\\\":\\\"x\\\"}\"", "browser")
            + $$"""

            {"context":{"user_id":7201,"event_source":"server"},"data":{"course_id":"c1","user_id":7201},"name":"edx.course.completed","timestamp":"{{Time}}"}
            """;
        var (sums, refused, _) = await Import("openedx", File("prefixed.log", content), Host);
        Assert.Empty(refused);
        Assert.Equal(2, sums.Taken);
        Assert.Equal(["CourseCompleted Course Completed", "VideoPlay Video Played"], await Host.Database.Events("7201"));
        await using var command = Host.Database.Source.CreateCommand(
            "SELECT properties->>'contentId' FROM activities WHERE customer_id = '7201' AND event = 'Video Played'");
        Assert.Equal("v1", await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_table_of_ones_own_says_what_events_become()
    {
        var table = File("table.csv", "event,becomes,who,properties,when\n/api/user/v1/me,Signed In,username,note='from the log',\n");
        var (sums, _, log) = await Import(
            "openedx", File("own.log", Log("7301")), Host, new LogOptions(Table: table, Prefix: "edx-"));
        Assert.Equal(new ImportSums(11, 1, 0, 0, 10), sums);
        Assert.Equal(["Login Signed In"], await Host.Database.Events("edx-ada"));
        Assert.Equal(("edx.completion.block_completion.changed", 2L), log.Without.First());
    }

    [Theory]
    [InlineData("event,becomes\nx,y\n", "line 1: the columns have to be event,becomes,who,properties,when")]
    [InlineData("event,becomes,who,properties,when\n", "no line but its header")]
    [InlineData("event,becomes,who,properties,when\nx,Logged In,,,\n", "line 2: who is needed")]
    [InlineData("event,becomes,who,properties,when\nx,,userid,,\n", "line 2: event and becomes are needed")]
    [InlineData("event,becomes,who,properties,when\nx,page,userid,name,\n", "line 2: 'name' is no property")]
    [InlineData("event,becomes,who,properties,when\nx,page,userid,,source\n", "line 2: 'source' is no condition")]
    [InlineData("event,becomes,who,properties,when\nx,page,userid\n", "line 2: it has 3 fields instead of 5")]
    public void A_table_that_cannot_be_meant_is_refused_with_its_line(string table, string why) => Assert.Contains(
        why, Assert.Throws<InvalidDataException>(
            () => LogFile.Open("openedx", "none", new LogOptions(Table: File("table.csv", table)))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_tables_that_come_with_it_are_read() => Assert.All(LogFile.Sources, source =>
    {
        LogFile.Open(source, "none", new LogOptions());
        Assert.StartsWith("event,becomes,who,properties,when\n", LogFile.BuiltInTable(source), StringComparison.Ordinal);
    });

    private static string Log(string who) => string.Join('\n',
    [
        Edx("play_video", who, Time, "{\"id\":\"v1\",\"currentTime\":0.03}", "browser"),
        Edx("problem_check", who, Time, "\"input_1=blue\"", "browser"),
        Edx("problem_check", who, Time, "{\"problem_id\":\"p1\",\"grade\":3,\"max_grade\":3,\"state\":{\"seed\":1}}"),
        Edx("edx.completion.block_completion.changed", who, Time, $"{{\"user_id\":{who},\"block_id\":\"b-html\",\"completion\":1.0}}"),
        Edx("edx.completion.block_completion.changed", who, Time, $"{{\"user_id\":{who},\"block_id\":\"b-video\",\"completion\":0.0}}"),
        Edx("edx.certificate.created", "1", Time, $"{{\"user_id\":{who},\"course_id\":\"course-v1:X+D+1\"}}"),
        Edx("edx.forum.thread.created", who, Time, "{\"title\":\"Help\"}"),
        Edx("edx.forum.response.created", who, Time, "{\"body\":\"Here\"}"),
        Edx("seq_next", who, Time, "\"{\\\"id\\\": \\\"block-v1:seq\\\", \\\"new\\\": 2}\"", "browser"),
        Edx("play_video", "null", Time, "{\"id\":\"v1\"}", "browser"),
        Edx("/api/user/v1/me", who, Time),
        "",
    ]);
}

using System.Text;
using LStep.Silo.Imports;
using LStep.System.Tests.Ingest;
using static LStep.System.Tests.Imports.Logs;

namespace LStep.System.Tests.Imports;

/// <summary>Moodle's standard log in each of its forms, to what is in the customers' logs.</summary>
public sealed class MoodleTests(LStepHostFixture silo) : IClassFixture<LStepHostFixture>
{
    private static readonly string[] Expected =
        ["AssessmentTaken Quiz Completed", "Comment Comment Made", "CourseCompleted Course Completed", "LessonCompleted Lesson Completed",
            "Login Logged In"];

    private LStepHost Host => silo.Host;

    [Fact]
    public async Task The_table_is_brought_and_a_second_time_changes_nothing()
    {
        var path = File("table.csv", Table("4001"));
        var (sums, refused, log) = await Import("moodle", path, Host);
        Assert.Empty(refused);
        Assert.Equal(new ImportSums(9, 6, 0, 0, 3), sums);
        Assert.Equal([("\\core\\event\\config_log_created", 1)], log.Without.Select(one => (one.Name, (int)one.Count)));
        Assert.Equal([.. Expected, "PageView mod_page"], await Host.Database.Events("4001"));
        Assert.Equal(["moodle-1", "moodle-2", "moodle-3", "moodle-5", "moodle-6", "moodle-7"], await Host.Database.Log("4001"));

        (sums, _, _) = await Import("moodle", path, Host);
        Assert.Equal(new ImportSums(9, 0, 6, 0, 3), sums);
        Assert.Equal(6, (await Host.Database.Log("4001")).Count);
    }

    [Fact]
    public async Task The_table_as_JSON_comes_to_the_same_messages_as_the_table_as_CSV()
    {
        await Import("moodle", File("table.csv", Table("4002")), Host);
        var lines = Table("4002").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var json = $$"""
            [{"id":"1","eventname":"\\core\\event\\user_loggedin","contextlevel":"10","contextinstanceid":"0","userid":"4002","timecreated":"1773136800"},
            {"id":5,"eventname":"\\core\\event\\course_module_completion_updated","contextlevel":70,"contextinstanceid":31,"userid":2,
             "relateduserid":4002,"other":"{\"completionstate\":1}","timecreated":1773136860}]
            """;
        var (sums, refused, _) = await Import("moodle", File("table.json", json), Host);
        Assert.Empty(refused);
        Assert.Equal(new ImportSums(2, 0, 2, 0), sums);
        Assert.Equal(10, lines.Length);
    }

    [Theory]
    [InlineData("\n", "", ",")]
    [InlineData("\r\n", "\uFEFF", ",")]
    [InlineData("\r", "", ";")]
    [InlineData("\n", "\uFEFF", "\t")]
    public async Task The_reports_download_is_brought_whatever_the_ends_of_its_lines_its_mark_and_its_separator(
        string end, string mark, string separator)
    {
        var who = 5000 + (end.Length * 10) + mark.Length + separator[0];
        var report = string.Join(end, Report($"{who}", "13/03/26, 09:30:05"));
        if (separator != ",") report = Separated(report, separator[0]);
        var path = File("report.csv", mark + report);
        var (sums, refused, _) = await Import("moodle", path, Host);
        Assert.Empty(refused);
        Assert.Equal(new ImportSums(7, 6, 0, 0, 1), sums);
        Assert.Equal([.. Expected, "PageView Page: FAQ \"quoted\""], await Host.Database.Events($"{who}"));

        (sums, _, _) = await Import("moodle", path, Host);
        Assert.Equal(new ImportSums(7, 0, 6, 0, 1), sums);
    }

    [Fact]
    public async Task The_reports_JSON_is_lists_within_lists_or_objects_with_heads_of_any_language()
    {
        static string Description(string who) => $"The user with id '{who}' has logged in.";

        var lists = $$"""
            [[["13\/03\/26, 09:30:05","Ada","-","System","System","User has logged in","{{Description("5501")}}","web","203.0.113.7"],
            ["13\/03\/26, 09:31:05","Ada","-","System","System","User has logged in","{{Description("5501")}}","web","203.0.113.7"]]]
            """;
        var (sums, refused, _) = await Import("moodle", File("lists.json", lists), Host);
        Assert.Empty(refused);
        Assert.Equal(new ImportSums(2, 2, 0, 0), sums);
        var objects = $$"""
            [[
              {"Zeit":"13.03.26, 09:30","Vollständiger Name":"Ada","Betroffene/r Nutzer/in":"-","Ereigniskontext":"System","Komponente":"System",
               "Ereignisname":"Nutzer/in hat sich eingeloggt","Beschreibung":"{{Description("5502")}}","Herkunft":"web","IP-Adresse":"203.0.113.7"}
            ]]
            """;
        (sums, refused, _) = await Import("moodle", File("objects.json", objects), Host);
        Assert.Empty(refused);
        Assert.Equal(["Login Logged In"], await Host.Database.Events("5502"));
    }

    [Fact]
    public async Task The_report_of_the_whole_site_has_the_course_before_its_columns()
    {
        var report = "Kurs," + ReportHead + "\nALG1," + ReportRow("2026/03/13 09:30:05", "Course: A", "Course viewed",
            "The user with id '5601' viewed the course with id '9'.");
        var (sums, refused, _) = await Import("moodle", File("site.csv", report), Host);
        Assert.Empty(refused);
        Assert.Equal(1, sums.Taken);
        Assert.Equal(["PageView Course: A"], await Host.Database.Events("5601"));
    }

    [Theory]
    [InlineData("13/03/26, 09:30:05", null, "2026-03-13T08:30:05Z")]
    [InlineData("03/13/26, 09:30:05", null, "2026-03-13T08:30:05Z")]
    [InlineData("3/04/26, 9:30:05", DateOrder.Day, "2026-04-03T07:30:05Z")]
    [InlineData("3/04/26, 9:30:05 PM", DateOrder.Month, "2026-03-04T20:30:05Z")]
    [InlineData("26/03/04, 09:30", DateOrder.Year, "2026-03-04T08:30:00Z")]
    [InlineData("13.03.2026 09:30:05", null, "2026-03-13T08:30:05Z")]
    [InlineData("2026-03-13 09:30:05", null, "2026-03-13T08:30:05Z")]
    [InlineData("13 March 2026, 9:30:05 AM", null, "2026-03-13T08:30:05Z")]
    [InlineData("29/03/26, 02:30:00", null, "2026-03-29T01:30:00Z")]
    public void A_time_is_read_in_the_order_and_zone_of_whoever_downloaded_it(string text, DateOrder? order, string instant)
    {
        order ??= MoodleDates.OrderOf([text], out var isTold) is { } told && isTold ? told : null;
        var dates = new MoodleDates(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), order);
        Assert.True(dates.TryRead(text, out var at));
        Assert.Equal(DateTimeOffset.Parse(instant, global::System.Globalization.CultureInfo.InvariantCulture), at);
    }

    [Theory]
    [InlineData("32/03/26, 09:30")]
    [InlineData("29/02/26, 09:30")]
    [InlineData("13/03/26, 25:30")]
    [InlineData("13 mars 2026, 09:30")]
    [InlineData("")]
    [InlineData("13/03/9999, 09:30")]
    public void What_is_no_time_is_none(string text) =>
        Assert.False(new MoodleDates(TimeZoneInfo.Utc, DateOrder.Day).TryRead(text, out _));

    [Fact]
    public async Task Dates_that_may_begin_with_the_day_or_the_month_are_asked_for_before_anything_is_brought()
    {
        var path = File("ambiguous.csv", string.Join('\n', Report("5701", "03/04/26, 09:30:05")));
        var trouble = await Assert.ThrowsAsync<InvalidDataException>(() => Import("moodle", path, Host));
        Assert.Contains("--dates day", trouble.Message, StringComparison.Ordinal);
        Assert.Equal(6, (await Import("moodle", path, Host, new LogOptions(Dates: DateOrder.Month))).Sums.Taken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b,c\n1,2,3\n")]
    [InlineData("\"never closed\n1,2,3\n")]
    public async Task A_file_of_another_form_is_refused_as_a_whole(string content) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => Import("moodle", File("other.csv", content)));

    [Fact]
    public async Task People_have_a_prefix_and_teachers_are_left_out_where_asked_for()
    {
        var (sums, _, _) = await Import(
            "moodle", File("prefix.csv", Table("4003")), Host, new LogOptions(Prefix: "m-", Except: new HashSet<string> { "4003" }));
        Assert.Equal(new ImportSums(9, 0, 0, 0, 9), sums);
        (sums, _, _) = await Import("moodle", File("prefix.csv", Table("4003")), Host, new LogOptions(Prefix: "m-"));
        Assert.Equal(6, sums.Taken);
        Assert.Equal(6, (await Host.Database.Log("m-4003")).Count);
    }

    private static string Table(string who) => string.Join('\n',
    [
        TableHead,
        TableRow(1, "\\core\\event\\user_loggedin", who, "NULL", 0, "{\"username\":\"ada\"}", 1773136800),
        TableRow(2, "\\mod_page\\event\\course_module_viewed", who, "NULL", 31, "N;", 1773136830).Replace(
            ",core,", ",mod_page,", StringComparison.Ordinal),
        TableRow(3, "\\mod_quiz\\event\\attempt_submitted", who, who, 32, "{\"submitterid\":1,\"quizid\":\"9\"}", 1773136840),
        TableRow(4, "\\core\\event\\course_module_completion_updated", "2", who, 33, "{\"completionstate\":\"0\"}", 1773136850),
        TableRow(5, "\\core\\event\\course_module_completion_updated", "2", who, 31, "{\"completionstate\":1}", 1773136860),
        TableRow(6, "\\core\\event\\course_completed", "2", who, 31, "a:1:{s:13:\"relateduserid\";s:1:\"3\";}", 1773136870),
        TableRow(7, "\\mod_forum\\event\\post_created", who, "NULL", 34, "{}", 1773136880),
        TableRow(8, "\\core\\event\\user_loggedin", "0", "NULL", 0, "{}", 1773136890),
        TableRow(9, "\\core\\event\\config_log_created", who, "NULL", 0, "{}", 1773136890),
    ]);

    private static string[] Report(string who, string time) =>
    [
        ReportHead,
        ReportRow(time, "System", "User has logged in", $"The user with the id '{who}' has logged in."),
        ReportRow(time, "Page: FAQ \"\"quoted\"\"", "Course module viewed",
            $"The user with id '{who}' viewed the 'page' activity with the course module id '31'."),
        ReportRow(time, "Quiz: One", "Quiz attempt submitted",
            $"The user with id '{who}' has submitted the attempt with id '7' for the quiz with the course module id '32'."),
        ReportRow(time, "Page: FAQ", "Course activity completion updated",
            $"The course module completion requirements were updated by the user with id '2' for the user with id '{who}'."),
        ReportRow(time, "Course: A", "Course completed", $"The user with id '{who}' completed the course with id '9'."),
        ReportRow(time, "Forum: Questions", "Post created",
            $"The user with the id '{who}' has created the post with the id '1' in the discussion "
                + "with the id '1' in the forum with the course module id '34'."),
        ReportRow(time, "Course: A", "Log report viewed", $"The user with id '{who}' viewed the log report for the course with id '9'."),
    ];

    /// <summary>No field of the samples has a separator in its quotes but the time's comma.</summary>
    private static string Separated(string csv, char separator)
    {
        var text = new StringBuilder();
        var isQuoted = false;
        foreach (var c in csv)
        {
            isQuoted ^= c == '"';
            text.Append(c == ',' && !isQuoted ? separator : c);
        }
        return text.ToString();
    }
}

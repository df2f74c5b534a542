using System.Globalization;
using LStep.Grains.Database;
using LStep.Workbench.Demo;

namespace LStep.Workbench.Replay;

/// <summary>
/// The original OULAD tables of one folder, with one presentation or all of them, turned into the events of the sample's
/// event files: the same ids, order and times.
/// </summary>
public sealed class OuladTables(string folder)
{
    public const string ClicksTable = "studentVle";

    /// <summary>
    /// Where a presentation begins in the data set's own studentVle table. Event ids carry that row number, so a folder
    /// that was cut down to one presentation must count from there.
    /// </summary>
    private static readonly Dictionary<string, int> FirstSourceRow = new(StringComparer.Ordinal)
    {
        ["AAA_2013J"] = 1, ["AAA_2014J"] = 180_983, ["BBB_2013B"] = 350_299, ["BBB_2013J"] = 753_565,
    };

    private readonly record struct Click(int Row, int Learner, int Site, int Day, int Count);

    private sealed record Submission(int Assessment, string Kind, decimal Weight, int? DueDay, int Learner, int Day, decimal? Score);

    private sealed class Tables
    {
        public List<Click> Clicks { get; } = [];
        public List<(int Learner, int? Enrolled, int? Left)> Registrations { get; } = [];
        public List<Submission> Submissions { get; } = [];
        public Dictionary<int, int?> TutorMarked { get; } = [];
    }

    public static bool AreIn(string folder) => PathOf(folder, ClicksTable) is not null;

    public IEnumerable<OuladPresentation> Presentations()
    {
        var tables = new SortedDictionary<string, Tables>(StringComparer.Ordinal);
        Tables Of(string module, string presentation)
        {
            var course = $"{module}_{presentation}";
            return tables.TryGetValue(course, out var known) ? known : tables[course] = new Tables();
        }

        ReadRegistrations(Of);
        ReadClicks(Of);
        ReadSubmissions(Of);
        var activities = Table("vle").Rows("id_site", "activity_type").ToDictionary(row => Number(row[0]), row => row[1]);
        foreach (var (course, read) in tables)
        {
            var tutorMarked = read.Submissions.Where(each => each.Kind == "TMA").ToLookup(each => each.Assessment);
            foreach (var assessment in tutorMarked) read.TutorMarked[assessment.Key] = assessment.First().DueDay;
            var days = DaysOf(read);
            yield return new OuladPresentation(
                course, DayZeroOf(course), days[0], days[^1], read.TutorMarked, () => EventsOf(course, read, activities));
        }
    }

    /// <summary>
    /// The source names the month only: B begins in February, J in October; the first Saturday fits what the learners did.
    /// </summary>
    public static DateOnly DayZeroOf(string course)
    {
        var presentation = course[^5..];
        var first = new DateOnly(int.Parse(presentation[..4], CultureInfo.InvariantCulture), presentation[4] == 'B' ? 2 : 10, 1);
        return first.AddDays(((int)DayOfWeek.Saturday - (int)first.DayOfWeek + 7) % 7);
    }

    private void ReadRegistrations(Func<string, string, Tables> of)
    {
        var rows = Table("studentRegistration")
            .Rows("code_module", "code_presentation", "id_student", "date_registration", "date_unregistration");
        foreach (var row in rows)
            of(row[0], row[1]).Registrations.Add((Number(row[2]), NumberOrNull(row[3]), NumberOrNull(row[4])));
    }

    private void ReadClicks(Func<string, string, Tables> of)
    {
        var number = 0;
        Tables? current = null;
        (string Module, string Presentation) at = default;
        // Ten million rows in the whole data set: read as numbers, without a text for each field.
        string[] columns = ["code_module", "code_presentation", "id_student", "id_site", "date", "sum_click"];
        foreach (var click in Table(ClicksTable).Rows<Click>(columns, ReadClick))
            current!.Clicks.Add(click);

        Click ReadClick(CsvTable.Row row)
        {
            if (current is null || !row.Is(0, at.Module) || !row.Is(1, at.Presentation))
            {
                at = (row.Text(0), row.Text(1));
                current = of(at.Module, at.Presentation);
            }
            if (number == 0) number = FirstSourceRow.GetValueOrDefault($"{at.Module}_{at.Presentation}", 1) - 1;
            return new Click(++number, row.Number(2), row.Number(3), row.Number(4), row.Number(5));
        }
    }

    private void ReadSubmissions(Func<string, string, Tables> of)
    {
        var assessments = Table("assessments")
            .Rows("id_assessment", "code_module", "code_presentation", "assessment_type", "weight", "date")
            .ToDictionary(row => Number(row[0]));
        foreach (var row in Table("studentAssessment").Rows("id_assessment", "id_student", "date_submitted", "is_banked", "score"))
        {
            // A banked result was carried over from an earlier presentation: nobody did anything.
            if (row[3] != "0") continue;
            var assessment = assessments[Number(row[0])];
            var score = row[4] is "" or "?" ? (decimal?)null : decimal.Parse(row[4], CultureInfo.InvariantCulture);
            of(assessment[1], assessment[2]).Submissions.Add(new Submission(
                Number(row[0]), assessment[3], decimal.Parse(assessment[4], CultureInfo.InvariantCulture), NumberOrNull(assessment[5]),
                Number(row[1]), Number(row[2]), score));
        }
    }

    private static List<int> DaysOf(Tables tables) =>
        [.. tables.Registrations.SelectMany(each => new[] { each.Enrolled, each.Left }).OfType<int>()
            .Concat(tables.Clicks.Select(each => each.Day)).Concat(tables.Submissions.Select(each => each.Day)).Distinct().Order()];

    /// <summary>Of one day first the enrolments, then the clicks, then the submissions, then who left; each in source order.</summary>
    private static IEnumerable<OuladEvent> EventsOf(string course, Tables tables, Dictionary<int, string> activities)
    {
        var zero = new DateTimeOffset(DayZeroOf(course).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);
        var enrolled = tables.Registrations.Where(each => each.Enrolled is not null).ToLookup(each => each.Enrolled!.Value);
        var left = tables.Registrations.Where(each => each.Left is not null).ToLookup(each => each.Left!.Value);
        var clicks = tables.Clicks.ToLookup(each => each.Day);
        var submissions = tables.Submissions.ToLookup(each => each.Day);
        var opened = new HashSet<(int Learner, int Site)>();
        foreach (var day in DaysOf(tables))
        {
            var orderInDay = new Dictionary<int, int>();
            OuladEvent Event(string suffix, int learner, string type)
            {
                var order = orderInDay.GetValueOrDefault(learner);
                orderInDay[learner] = order + 1;
                return new OuladEvent
                {
                    EventId = $"{course}-{suffix}", LearnerId = $"oulad-{learner}", Course = course, Type = type, Day = day,
                    OccurredAt = zero.AddDays(day).AddSeconds(order),
                };
            }

            foreach (var each in enrolled[day]) yield return Event($"r{each.Learner}", each.Learner, "enrolled");
            var here = new HashSet<int>();
            foreach (var click in clicks[day])
            {
                if (here.Add(click.Learner)) yield return Event($"s{click.Row}", click.Learner, "session_start");
                var activity = activities[click.Site];
                var type = TypeOf(activity);
                yield return Event($"v{click.Row}", click.Learner, type) with
                {
                    SiteId = click.Site, Activity = activity, Count = click.Count,
                    FirstOpen = type == "lesson_view" && opened.Add((click.Learner, click.Site)),
                };
            }
            foreach (var each in submissions[day])
                yield return Event($"a{each.Assessment}-{each.Learner}", each.Learner, "assessment_submitted") with
                {
                    AssessmentId = each.Assessment, Kind = each.Kind, Weight = each.Weight, Score = each.Score,
                    DueDay = each.DueDay, Late = each.DueDay < day,
                };
            foreach (var each in left[day]) yield return Event($"u{each.Learner}", each.Learner, "unregistered");
        }
    }

    private static string TypeOf(string activity) => activity switch
    {
        "homepage" or "subpage" or "sharedsubpage" or "url" or "page" or "folder" => "page_view",
        "oucontent" or "resource" or "dualpane" or "htmlactivity" or "repeatactivity" => "lesson_view",
        "quiz" or "externalquiz" or "questionnaire" => "quiz_activity",
        "forumng" => "forum_activity",
        "glossary" or "dataplus" or "ouwiki" => "feature_use",
        "ouelluminate" or "oucollaborate" => "live_session",
        _ => throw new InvalidDataException($"'{activity}' is no activity type of the OULAD tables"),
    };

    private CsvTable Table(string name) =>
        new(PathOf(folder, name) ?? throw new FileNotFoundException($"{folder} has no {name}.csv or {name}.csv.gz"));

    private static string? PathOf(string folder, string name) =>
        new[] { $"{name}.csv", $"{name}.csv.gz" }.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static int? NumberOrNull(string text) => text is "" or "?" ? null : Number(text);
}

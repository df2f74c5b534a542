using System.Globalization;
using LStep.Grains.Database;
using LStep.System.Tests.Ingest;
using LStep.Workbench.Replay;

namespace LStep.System.Tests.Replay;

/// <summary>What learners did by the OULAD tables alone, counted without the events and their mapping.</summary>
public sealed record Recount(int Lessons, int Comments, int Assessments, int Modules)
{
    private static readonly HashSet<string> LessonKinds = ["oucontent", "resource", "dualpane", "htmlactivity", "repeatactivity"];

    public static Dictionary<string, Recount> Of(string folder)
    {
        string Path(string table) => global::System.IO.Path.Combine(folder, $"{table}.csv.gz");
        var kinds = new CsvTable(Path("vle")).Rows("id_site", "activity_type").ToDictionary(row => row[0], row => row[1]);
        var clicks = new CsvTable(Path("studentVle")).Rows("id_student", "id_site", "sum_click").ToLookup(row => row[0]);
        var isTutorMarked = new CsvTable(Path("assessments")).Rows("id_assessment", "assessment_type")
            .ToDictionary(row => row[0], row => row[1] == "TMA");
        var results = new CsvTable(Path("studentAssessment")).Rows("id_student", "id_assessment", "is_banked", "score")
            .Where(row => row[2] == "0" && row[3] is not ("" or "?")).ToLookup(row => row[0]);
        return new CsvTable(Path("studentInfo")).Rows("id_student").Select(row => row[0]).Distinct().ToDictionary(
            student => $"oulad-{student}",
            student => new Recount(
                clicks[student].Where(row => LessonKinds.Contains(kinds[row[1]])).Select(row => row[1]).Distinct().Count(),
                clicks[student].Count(row => kinds[row[1]] == "forumng" && int.Parse(row[2], CultureInfo.InvariantCulture) >= 5),
                results[student].Count(),
                results[student].Count(row => isTutorMarked[row[1]] && decimal.Parse(row[3], CultureInfo.InvariantCulture) >= 40)));
    }
}

using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Domain.Predicting;
using LStep.Workbench.Replay;
using LStep.Workbench.Training;

namespace LStep.System.Tests.Predictions;

public sealed class OuladRowsTests
{
    [OuladTheory]
    [InlineData("AAA_2013J")]
    [InlineData("BBB_2013B")]
    public void Labels_are_those_of_the_data(string course)
    {
        var learners = new OuladLearners(Assert.Single(ReplaySource.Presentations([OuladData.At("events", $"{course}.ndjson.gz")])));
        var rows = learners.Rows(7).ToDictionary(row => (row.Learner, row.Day.DayNumber - learners.DayZero.DayNumber));
        // Whom no event enrolls, as the data have no date of registration, is not known to the product.
        var unregistered = new CsvTable(OuladData.At("labels", $"{course}.outcomes.csv.gz")).Rows("id_student", "date_registration")
            .Where(outcome => outcome[1].Length == 0).Select(outcome => outcome[0]).ToHashSet();
        var checkedRows = 0;
        foreach (var label in new CsvTable(OuladData.At("labels", $"{course}.snapshots.csv.gz"))
            .Rows("id_student", "day", "a7", "y_silent14", "y_wd14"))
        {
            if (label[3].Length == 0 || unregistered.Contains(label[0])) continue;
            var row = rows[($"oulad-{label[0]}", int.Parse(label[1]))];
            Assert.Equal(label[3] == "1", row.Silent14);
            Assert.Equal(label[4] == "1", row.Cancelled14);
            Assert.Equal(label[2] != "0", row.ActiveLast7);
            checkedRows++;
        }
        Assert.Equal(rows.Values.Count(row => row.Silent15To28 is not null), checkedRows);
    }

    [OuladFact]
    public void On_every_day_of_every_learner_training_sees_what_serving_sees() =>
        Compare(new OuladLearners(Assert.Single(ReplaySource.Presentations([OuladData.At("smoke")]))), leastRows: 5_000);

    [OuladTheory]
    [InlineData("AAA_2013J")]
    [InlineData("BBB_2013B")]
    public void So_it_does_on_every_day_of_the_whole_sample(string course) => Compare(
        new OuladLearners(Assert.Single(ReplaySource.Presentations([OuladData.At("events", $"{course}.ndjson.gz")]))),
        leastRows: 50_000);

    /// <summary>Serving: the state that the lifecycle keeps, with default rules deciding, as of each day's batch.</summary>
    private static void Compare(OuladLearners presentation, int leastRows)
    {
        var book = new Rulebook(DefaultRules.Version1(presentation.Until), new Policy(), BusinessCalendar.Utc);
        var rows = presentation.Rows(1).GroupBy(row => row.Learner, StringComparer.Ordinal).ToList();
        var vector = new float[Features.Count];
        var compared = 0;
        foreach (var learner in rows)
        {
            var activities = presentation.Activities[learner.Key];
            var lessons = new CompletedLessons();
            CustomerState? state = null;
            var taken = 0;
            foreach (var row in learner)
            {
                var now = BusinessCalendar.Utc.StartOf(row.Day.AddDays(1));
                while (taken < activities.Count && activities[taken].ReceivedAt < now)
                {
                    var turn = TurnFrom(activities, taken);
                    taken += turn.Count;
                    var step = Lifecycle.Record(learner.Key, state, turn, book, turn[^1].ReceivedAt, lessons: lessons);
                    lessons.Add(step.Accepted, BusinessCalendar.Utc);
                    state = step.After;
                }
                Features.Of(state!, BusinessCalendar.Utc, now, vector);
                Assert.Equal(row.Features, vector);
                compared++;
            }
        }
        Assert.True(compared >= leastRows, $"{compared} rows were compared");
    }

    /// <summary>What a learner did on one day comes in one request, as in a replay.</summary>
    private static List<Activity> TurnFrom(List<Activity> activities, int first)
    {
        var day = activities[first].ReceivedAt.UtcDateTime.Date;
        return activities.Skip(first).TakeWhile(activity => activity.ReceivedAt.UtcDateTime.Date == day).ToList();
    }
}

using LStep.System.Tests.Ingest;
using LStep.Workbench.Replay;

namespace LStep.System.Tests.Replay;

public sealed class OuladSourceTests
{
    [OuladTheory]
    [InlineData("AAA_2013J")]
    [InlineData("BBB_2013B")]
    public void The_tables_give_the_very_events_of_the_event_file(string course)
    {
        var tables = Assert.Single(new OuladTables(OuladData.At("oulad", course)).Presentations());
        var file = Assert.Single(OuladEventFile.Presentations(OuladData.At("events", $"{course}.ndjson.gz")));

        Assert.Equal((file.Course, file.DayZero, file.FirstDay, file.LastDay, file.FinalAssessment), (
            tables.Course, tables.DayZero, tables.FirstDay, tables.LastDay, tables.FinalAssessment));
        Assert.Equal(file.TutorMarked.OrderBy(each => each.Key), tables.TutorMarked.OrderBy(each => each.Key));
        var count = 0;
        foreach (var (expected, actual) in file.Events().Zip(tables.Events()))
        {
            Assert.Equal(expected, actual);
            count++;
        }
        Assert.Equal(count, file.Events().Count());
        Assert.Equal(count, tables.Events().Count());
    }

    [OuladFact]
    public void Both_presentations_play_on_one_clock_and_each_day_comes_once()
    {
        var source = ReplaySource.Open([OuladData.Folder!]);

        DateOnly? before = null;
        foreach (var day in source.Days())
        {
            Assert.True(before is null || day.Date > before);
            Assert.InRange(day.Date, source.First, source.Last);
            Assert.All(day.Messages, message => Assert.Equal(day.Date, DateOnly.FromDateTime(message.At.UtcDateTime)));
            before = day.Date;
        }
        Assert.Equal(source.Last, before);
    }

    [OuladTheory]
    [InlineData("AAA_2013J")]
    [InlineData("BBB_2013B")]
    public void What_is_fed_equals_the_golden_counts_of_every_learner_and_day(string course)
    {
        var fed = FedClicks.Of(ReplaySource.Open([OuladData.At("events", $"{course}.ndjson.gz")]));
        var golden = FedClicks.Golden(OuladData.At("golden", $"{course}.daily.csv.gz"), course);

        Assert.Equal(golden.Count, fed.Count);
        foreach (var (key, clicks) in golden) Assert.Equal((key, clicks), (key, fed[key]));
    }

    [Theory]
    [InlineData("AAA_2013J", 2013, 10, 5)]
    [InlineData("BBB_2013J", 2013, 10, 5)]
    [InlineData("AAA_2014J", 2014, 10, 4)]
    [InlineData("BBB_2013B", 2013, 2, 2)]
    public void A_presentation_begins_on_the_first_Saturday_of_its_month(string course, int year, int month, int day) =>
        Assert.Equal(new DateOnly(year, month, day), OuladTables.DayZeroOf(course));
}

using System.Text;
using LStep.System.Tests.Ingest;
using LStep.Workbench.Demo;
using LStep.Workbench.Replay;

namespace LStep.System.Tests.Demo;

public sealed class PopulationTests
{
    private static readonly DateOnly Start = new(2025, 11, 21);

    private static List<ReplayDay> Year(ulong seed = Population.DefaultSeed) => [.. new Population(Start, 365, seed: seed).Days()];

    [Fact]
    public void The_same_seed_gives_the_same_year_and_another_seed_another()
    {
        static IEnumerable<string> Texts(IEnumerable<ReplayDay> year) =>
            year.SelectMany(day => day.Messages).Select(message => Encoding.UTF8.GetString(message.Json.Span));

        Assert.Equal(Texts(Year()), Texts(Year()));
        Assert.NotEqual(Texts(Year(1)).Take(100), Texts(Year(2)).Take(100));
    }

    [Fact]
    public void Every_message_lies_on_its_day_and_has_an_id_of_its_own()
    {
        var year = Year();

        Assert.Equal(365, year.Count);
        Assert.All(year, day => Assert.All(day.Messages, message => Assert.Equal(day.Date, DateOnly.FromDateTime(message.At.UtcDateTime))));
        var ids = year.SelectMany(day => day.Messages)
            .Select(message => Encoding.UTF8.GetString(message.Json.Span).Split("\"messageId\":\"")[1].Split('"')[0]).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.InRange(ids.Count, 80_000, 400_000);
    }

    [Fact]
    public void Every_way_to_be_a_learner_is_there_and_some_finish_the_course()
    {
        var population = new Population(Start, 365);
        Assert.Equal(Archetype.All.Select(each => each.Name).Order(), population.Learners.Select(
            learner => learner.Archetype.Name).Distinct().Order());
        Assert.Equal(100, Archetype.All.Sum(each => each.Share));

        foreach (var _ in population.Days()) { }

        Assert.InRange(population.Learners.Count(learner => learner.HasFinished), 60, 400);
    }

    [Fact]
    public void After_the_year_people_go_on_and_new_ones_join()
    {
        var population = new Population(Start, 365);
        foreach (var _ in population.Days()) { }
        var now = new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

        var messages = Enumerable.Range(0, 500).SelectMany(moment => population.Moment(now.AddSeconds(moment), moment)).ToList();

        Assert.True(population.Learners.Count > Population.DefaultLearners);
        Assert.InRange(messages.Count, 200, 1_500);
    }
}

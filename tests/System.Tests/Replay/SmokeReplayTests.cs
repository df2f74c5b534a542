using System.Text.Json;
using LStep.Domain;
using LStep.Grains.Time.Daily;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Replay;

public sealed class SmokeReplayTests(ReplayedSmoke replayed) : IClassFixture<ReplayedSmoke>
{
    [OuladFact]
    public async Task Every_message_is_taken_and_every_learner_is_there()
    {
        Assert.Null(replayed.FirstRejected);
        Assert.Equal(ReplayedSmoke.Source.Days().Sum(day => day.Messages.Count), replayed.End.Messages);
        Assert.Equal(Learners().Count, (await replayed.Host.Get("/api/customers?limit=100")).GetProperty("items").GetArrayLength());
        Assert.True(replayed.End.Transitions > 100);
    }

    [OuladFact]
    public async Task Lifetime_totals_equal_a_recount_of_the_tables()
    {
        var recount = Recount.Of(OuladData.At("oulad", "AAA_2013J"));
        foreach (var learner in Learners())
        {
            var metrics = (await replayed.Host.Get($"/api/customers/{learner}")).GetProperty("metrics");
            Assert.Equal(
                (learner, recount[learner].Lessons, recount[learner].Assessments, recount[learner].Modules),
                (learner, metrics.GetProperty("lessons_completed").GetInt32(), metrics.GetProperty("assessments_taken").GetInt32(),
                    metrics.GetProperty("modules_completed").GetInt32()));
        }
    }

    [OuladFact]
    public async Task The_daily_rows_add_up_to_a_recount_of_the_tables()
    {
        var recount = Recount.Of(OuladData.At("oulad", "AAA_2013J"));
        await replayed.Host.Services.GetRequiredService<DailyRows>().FlushAsync(BusinessCalendar.Utc);
        foreach (var learner in Learners())
        {
            var rows = new List<JsonElement>();
            foreach (var (from, to) in new[] { ("2013-03-01", "2013-12-31"), ("2014-01-01", "2014-12-31") })
                rows.AddRange((await replayed.Host.Get($"/api/customers/{learner}/metrics?from={from}&to={to}")).GetProperty(
                    "items").EnumerateArray());
            int Sum(string name) => rows.Sum(row => row.GetProperty(name).GetInt32());

            Assert.Equal((learner, recount[learner]), (
                learner, new Recount(Sum("lessonsCompleted"), Sum("commentsMade"), Sum("assessmentsTaken"), Sum("modulesCompleted"))));
        }
    }

    [OuladFact]
    public async Task Playing_it_again_changes_nothing()
    {
        var before = await Ledger.Of(replayed.Host.Client);

        var (end, _) = await ReplayedSmoke.Play(replayed.Host, ReplayedSmoke.Source);

        Assert.Equal(0, end.Messages);
        Assert.Equal(before, await Ledger.Of(replayed.Host.Client));
    }

    private static HashSet<string> Learners() =>
        [.. ReplayedSmoke.Source.Days().SelectMany(day => day.Messages).Select(message => message.Sender)];
}

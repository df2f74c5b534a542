using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.System.Tests.Replay;
using LStep.Workbench.Replay;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Trials;

/// <summary>A customer as it was known at a past instant.</summary>
public sealed class AsOfTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [OuladFact]
    public async Task Of_replayed_learners_it_is_what_was_answered_at_that_instant()
    {
        var source = ReplayedSmoke.Source;
        await using var host = await LStepHost.Start(ReplayedSmoke.Midnight(source.First));
        using var client = new LStepClient(host.Address, host.WriteKey, host.AdminToken);
        var player = new ReplayPlayer(client, new ReplayLedger(client));
        var (learners, known) = (new List<string>(), new HashSet<string>());
        var answers = new List<(string Path, DateTimeOffset At, string Text)>();
        foreach (var (index, day) in source.Days().Index())
        {
            await player.PlayDay(day, CancellationToken.None);
            foreach (var sender in day.Messages.Select(message => message.Sender))
                if (known.Add(sender)) learners.Add(sender);
            if (learners.Count == 0) continue;
            foreach (var learner in new[] { learners[index % learners.Count], learners[index * 7 % learners.Count] }.Distinct())
                foreach (var path in new[] { $"/api/customers/{learner}", $"/api/customers/{learner}/evaluation" })
                    answers.Add((path, host.Now, LookingBack(await host.Get(path)).ToJsonString()));
        }
        Assert.True(answers.Count > 500);
        Assert.True(answers.Select(answer => answer.Text).Distinct().Count() > 500);

        foreach (var (path, at, text) in answers)
            Assert.Equal((path, at, text), (path, at, LookingBack(await host.Get(At(path, at))).ToJsonString()));
    }

    [Fact]
    public async Task Before_the_first_receipt_there_is_nobody_and_what_is_no_past_instant_is_told_so()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.MoveClock(Begin.AddHours(1));
        await host.Post(Track("ada", "Logged In", Begin));
        await host.MoveClock(Begin.AddHours(2));

        foreach (var path in new[] { "/api/customers/ada", "/api/customers/ada/evaluation" })
        {
            // It happened before, and was not known.
            Assert.Equal(HttpStatusCode.NotFound, await Status(host, At(path, Begin.AddHours(1).AddMilliseconds(-1))));
            Assert.Equal(HttpStatusCode.OK, await Status(host, At(path, Begin.AddHours(1))));
            Assert.Equal(HttpStatusCode.OK, await Status(host, At(path, Begin.AddHours(2))));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await Status(host, At(path, Begin.AddHours(2).AddMilliseconds(1))));
            foreach (var unreadable in new[] { "", "yesterday", "01/02/2026", "2026-01-05T10:00:00Z&at=2026-01-05T10:00:00Z", "1e400" })
                Assert.Equal(HttpStatusCode.UnprocessableEntity, await Status(host, $"{path}?at={unreadable}"));
            Assert.Equal(HttpStatusCode.NotFound, await Status(host, At(path.Replace("ada", "nobody"), Begin.AddHours(1))));
        }
    }

    [Fact]
    public async Task What_was_received_later_was_not_known_although_it_had_happened()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Track("late", "Logged In", Begin));
        await host.MoveClock(Begin.AddDays(2));
        await host.Post(Track("late", "Lesson Completed", Begin.AddHours(-1), new { lessonId = "one" }));

        Assert.Equal(0, await Lessons(host, Begin.AddDays(2).AddMilliseconds(-1)));
        Assert.Equal(1, await Lessons(host, Begin.AddDays(2)));
    }

    [Fact]
    public async Task An_import_is_settled_in_the_past_when_it_was()
    {
        await using var host = await LStepHost.Start(Begin);
        var answers = new List<(DateTimeOffset At, string Text)>();
        foreach (var (round, at) in new[] { Begin, Begin.AddMinutes(30) }.Index())
        {
            await host.MoveClock(at);
            await Import(
                host, Track("moved", "Module Completed", at.AddHours(-3)),
                Track("moved", "Quiz Completed", at.AddHours(-1), new { score = 90 }));
            foreach (var seconds in new[] { 10, 59, 60, 61, 900 })
            {
                await host.MoveClock(at.AddSeconds(seconds));
                answers.Add((host.Now, Unversioned(await host.Get("/api/customers/moved"))));
            }
        }

        Assert.Contains(answers, answer => answer.Text.Contains("ST_002", StringComparison.Ordinal));
        foreach (var (at, text) in answers) Assert.Equal((at, text), (at, Unversioned(await host.Get(At("/api/customers/moved", at)))));
    }

    [Fact]
    public async Task What_people_decided_and_switched_was_known_from_then_on()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Identify("ada", Begin, new { tier = "Enterprise", ltv = 9_000 }), Track("ada", "Logged In", Begin));
        var answers = new List<(string Path, DateTimeOffset At, string Text)>();
        var acts = 0;
        async Task After(TimeSpan wait, Func<Task<HttpResponseMessage>> act)
        {
            await host.MoveClock(host.Now + wait);
            var answer = await act();
            Assert.True(answer.IsSuccessStatusCode, $"{acts}: {await answer.Content.ReadAsStringAsync()}");
            await host.MoveClock(host.Now.AddMinutes(1));
            foreach (var path in new[] { "/api/customers/ada", "/api/customers/ada/evaluation" })
                answers.Add((path, host.Now, Unversioned(await host.Get(path))));
            acts++;
        }
        async Task<string> Review() => (await host.Get("/api/customers/ada")).GetProperty("openReview").GetProperty("id").GetString()!;
        Task<HttpResponseMessage> Put(object body) => host.Client.PutAsJsonAsync("/api/customers/ada/status", body);
        Task<HttpResponseMessage> Post(string path) => host.Client.PostAsJsonAsync(path, new { });
        async Task<long> Latest() =>
            (await host.Get("/api/customers/ada")).GetProperty("recentTransitions")[0].GetProperty("id").GetInt64();

        await After(TimeSpan.FromDays(4), async () => await Post($"/api/reviews/{await Review()}/reject"));
        await After(TimeSpan.FromDays(1), () => Put(new { tag = "ST_002", reason = "by hand", lockedUntil = Begin.AddDays(9) }));
        await After(TimeSpan.FromHours(5), () => host.Client.PutAsJsonAsync("/api/flags/auto_apply_enabled", new { value = false }));
        await After(TimeSpan.FromHours(5), () => Put(new { tag = "ST_002", reason = "no lock" }));
        await After(TimeSpan.FromDays(1), async () => await Post($"/api/transitions/{await Latest()}/undo"));
        await After(TimeSpan.FromHours(5), () => host.Client.PutAsJsonAsync("/api/flags/auto_apply_enabled", new { value = true }));
        await After(TimeSpan.FromDays(20), () => Put(new { tag = "ST_003", reason = "again" }));
        await host.MoveClock(host.Now.AddDays(30));

        Assert.Contains(answers, answer => answer.Text.Contains("2026-01-14T10:00:00", StringComparison.Ordinal));
        Assert.Contains(answers, answer => answer.Text.Contains("rejected", StringComparison.Ordinal));
        foreach (var (path, at, text) in answers) Assert.Equal((path, at, text), (path, at, Unversioned(await host.Get(At(path, at)))));
    }

    /// <summary>How often a customer was written is left out: an import that came to nothing leaves no other trace.</summary>
    private static string Unversioned(JsonElement customer)
    {
        var fields = LookingBack(customer);
        fields.Remove("version");
        return fields.ToJsonString();
    }

    /// <summary>Without what looks ahead, which answers about the past do not have.</summary>
    private static JsonObject LookingBack(JsonElement answer)
    {
        var fields = JsonNode.Parse(answer.GetRawText())!.AsObject();
        foreach (var name in new[] { "churn", "priorityAction", "projectedLtv" }) fields.Remove(name);
        if (fields["metrics"] is JsonObject metrics) metrics.Remove("churn_probability");
        return fields;
    }

    private static async Task Import(LStepHost host, params object[] messages)
    {
        var answer = await host.Ingest.PostAsJsonAsync("/v1/import", new { batch = messages });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<int> Lessons(LStepHost host, DateTimeOffset at) =>
        (await host.Get(At("/api/customers/late", at))).GetProperty("metrics").GetProperty("lessons_completed").GetInt32();

    private static string At(string path, DateTimeOffset at) => $"{path}?at={at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}";

    private static async Task<HttpStatusCode> Status(LStepHost host, string path) => (await host.Client.GetAsync(path)).StatusCode;
}

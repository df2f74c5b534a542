using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Campaigns;

/// <summary>The queue of what people have to do, and inboxes.</summary>
public sealed class TasksApiTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 3, 10, 0, 0, TimeSpan.Zero);
    private LStepHost host = null!;

    public async Task InitializeAsync() => host = await LStepHost.Start(Begin);

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task A_task_is_given_away_and_completed_once()
    {
        await Move("ada", "ST_005");
        var task = Assert.Single(await Items("/api/tasks?status=open"));
        var names = ApiHost.Fields(task).ToHashSet();
        Assert.Superset(new HashSet<string> { "id", "customerId", "assignee", "task", "priority", "dueAt", "completedAt" }, names);
        Assert.Equal(("ada", "retention_specialist", "urgent"), (Text(task, "customerId"), Text(task, "assignee"), Text(task, "priority")));
        Assert.Equal(Begin.AddHours(24), task.GetProperty("dueAt").GetDateTimeOffset(), TimeSpan.FromMinutes(5));

        var path = $"/api/tasks/{task.GetProperty("id").GetInt64()}";
        using (var given = await host.Client.PatchAsJsonAsync(path, new { assignee = "Sue" }))
            Assert.Equal("Sue", Text(await given.Json(), "assignee"));
        Assert.Single(await Items("/api/tasks?status=open&assignee=Sue"));
        Assert.Empty(await Items("/api/tasks?status=open&assignee=retention_specialist"));

        using (var done = await host.Client.PostAsJsonAsync($"{path}/complete", new { note = "called her" }))
        {
            Assert.Equal(HttpStatusCode.OK, done.StatusCode);
            var row = await done.Json();
            Assert.Equal(("first admin", "called her"), (Text(row, "completedBy"), Text(row, "note")));
            Assert.Equal(host.Now, row.GetProperty("completedAt").GetDateTimeOffset());
        }
        HttpResponseMessage[] late =
        [
            await host.Client.PostAsJsonAsync($"{path}/complete", new { }),
            await host.Client.PatchAsJsonAsync(path, new { assignee = "Vic" }),
        ];
        foreach (var again in late)
        {
            var problem = await again.Json();
            Assert.Equal((HttpStatusCode.Conflict, "task_completed"), (again.StatusCode, Text(problem, "code")));
            Assert.Contains("first admin", Text(problem, "detail"), StringComparison.Ordinal);
        }
        Assert.Empty(await Items("/api/tasks?status=open"));
        Assert.Single(await Items("/api/tasks?status=done&customer=ada"));
        Assert.Equal(
            ["task.completed", "task.assigned"], (await Items("/api/audit?action=task")).Select(line => Text(line, "action")));
    }

    [Fact]
    public async Task The_most_pressing_come_first_page_by_page_and_those_without_a_date_last()
    {
        await Execute(
            "INSERT INTO campaign_tasks (customer_id, action_id, assignee, task, detail, priority, created_at, due_at) "
            + "SELECT 'c' || n, n, 'team', 't' || n, '', 'normal', now(), "
            + "CASE WHEN n % 3 <> 0 THEN timestamptz '2026-03-10' - n * interval '1 h' END "
            + "FROM generate_series(1, 7) AS n");
        var all = (await Items("/api/tasks?status=open")).Select(task => Text(task, "task")).ToList();
        Assert.Equal(["t7", "t5", "t4", "t2", "t1", "t3", "t6"], all);
        foreach (var (address, expected) in new[] { ("status=open", all), ("", ["t7", "t6", "t5", "t4", "t3", "t2", "t1"]) })
        {
            var (read, next) = (new List<string?>(), "");
            do
            {
                var page = await host.Get($"/api/tasks?{address}&limit=3&cursor={next}");
                read.AddRange(page.GetProperty("items").EnumerateArray().Select(task => Text(task, "task")));
                next = Text(page, "next");
            }
            while (next is not null);
            Assert.Equal(expected, read);
        }
        var foreign = Text(await host.Get("/api/tasks?limit=3"), "next");
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.GetAsync($"/api/tasks?status=open&cursor={foreign}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.GetAsync("/api/tasks?status=late")).StatusCode);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("12345")]
    [InlineData("99999999999999999999")]
    public async Task A_task_that_is_not_there_is_a_404(string id)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.PostAsync($"/api/tasks/{id}/complete", null)).StatusCode);
        using var given = await host.Client.PatchAsJsonAsync($"/api/tasks/{id}", new { assignee = "Sue" });
        Assert.Equal(HttpStatusCode.NotFound, given.StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_kept_is_a_422()
    {
        foreach (var assignee in new string?[] { null, "", " ", "a\0", new('x', 257) })
            Assert.Equal(
                HttpStatusCode.UnprocessableEntity, (await host.Client.PatchAsJsonAsync("/api/tasks/1", new { assignee })).StatusCode);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await host.Client.PostAsJsonAsync("/api/tasks/1/complete", new { note = new string('x', 2_001) })).StatusCode);
    }

    [Fact]
    public async Task An_inbox_has_what_was_sent_to_it_and_nobody_has_one_who_is_unknown()
    {
        await Move("bob", "ST_004");
        await Move("bob", "ST_001");
        var message = Assert.Single(await Items("/api/customers/bob/inbox"));
        Assert.NotEqual("", Text(message, "title"));
        Assert.NotEqual("", Text(message, "body"));
        await Execute(
            "INSERT INTO inbox_messages (customer_id, action_id, at, title, body) "
            + "SELECT 'bob', n, now(), 'm' || n, '' FROM generate_series(1, 4) AS n");
        var first = await host.Get("/api/customers/bob/inbox?limit=3");
        Assert.Equal(["m4", "m3", "m2"], first.GetProperty("items").EnumerateArray().Select(one => Text(one, "title")));
        Assert.Equal(2, (await Items($"/api/customers/bob/inbox?limit=3&cursor={Text(first, "next")}")).Count);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("/api/customers/nobody/inbox")).StatusCode);

        using var erased = await host.Client.DeleteAsync("/api/customers/bob");
        Assert.True(erased.IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("/api/customers/bob/inbox")).StatusCode);
    }

    private async Task Move(string customer, string tag)
    {
        await host.Post(Identify(customer, host.Now, new { tier = "Pro", email = $"{customer}@example.org" }, $"{customer}-{tag}"));
        await host.MoveClock(host.Now.AddMinutes(1));
        using var moved = await host.Client.PutAsJsonAsync($"/api/customers/{customer}/status", new { tag, reason = "a test" });
        Assert.True(moved.IsSuccessStatusCode, await moved.Content.ReadAsStringAsync());
        await host.MoveClock(host.Now.AddMinutes(1));
    }

    private async Task<List<JsonElement>> Items(string path) => [.. (await host.Get(path)).GetProperty("items").EnumerateArray()];

    private async Task Execute(string sql)
    {
        await using var command = host.Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}

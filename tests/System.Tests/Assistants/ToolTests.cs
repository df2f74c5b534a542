using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Assistants;

/// <summary>The tools, by the protocol's own client of .NET in its newest revision.</summary>
public sealed class ToolTests(AssistantHost host) : IClassFixture<AssistantHost>
{
    private static readonly string[] Writing = ["approve_review", "reject_review", "set_status_tag", "undo_transition"];

    [Fact]
    public async Task A_viewer_is_shown_what_reads_and_success_what_changes_too_with_the_hint_that_it_does()
    {
        await using var viewer = await host.Connect(ApiHost.ViewerToken);
        await using var success = await host.Connect(ApiHost.SuccessToken);
        var shown = await viewer.ListToolsAsync();
        var all = await success.ListToolsAsync();
        Assert.All(shown, tool => Assert.True(tool.ProtocolTool.Annotations!.ReadOnlyHint));
        Assert.Equal(
            Writing, all.Where(tool => tool.ProtocolTool.Annotations!.DestructiveHint == true).Select(tool => tool.Name).Order());
        Assert.Equal(
            Writing.Append("dry_run_rule").Order(), all.Select(tool => tool.Name).Except(shown.Select(tool => tool.Name)).Order());
        var page = Repository.Read("docs/assistants.md");
        Assert.All(all, tool => Assert.Contains($"| `{tool.Name}` |", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_tool_that_reads_answers_as_the_API_does()
    {
        await using var viewer = await host.Connect(ApiHost.ViewerToken);
        await host.Listed(AssistantHost.Risky);
        var found = await viewer.Ask("find_customers", ("query", "risky"), ("limit", 1));
        Assert.Equal(AssistantHost.Risky, found.GetProperty("items")[0].GetProperty("id").GetString());
        var customer = await viewer.Ask("get_customer", ("customer_id", AssistantHost.Risky));
        Assert.Equal("Enterprise", customer.GetProperty("tier").GetString());
        Assert.NotEmpty((await viewer.Ask("customer_history", ("customer_id", AssistantHost.Risky))).GetProperty("items").EnumerateArray());
        Assert.NotEmpty((await viewer.Ask("list_reviews")).GetProperty("items").EnumerateArray());
        Assert.NotEmpty((await viewer.Ask("list_rules")).GetProperty("rules").EnumerateArray());
        var kpis = (await viewer.Ask("get_kpis", ("from", "2025-01-01"), ("to", "2025-12-31"))).GetProperty("items");
        Assert.Contains("automation_share", kpis.EnumerateArray().Select(kpi => kpi.GetProperty("name").GetString()));

        var explained = await viewer.Ask("explain_status", ("customer_id", AssistantHost.Risky));
        Assert.Equal("ST_001", explained.GetProperty("tag").GetString());
        Assert.Equal("ST_004", explained.GetProperty("rulesNow").GetProperty("recommended").GetString());
        Assert.All(
            explained.GetProperty("rulesNow").GetProperty("met").EnumerateArray(),
            rule => Assert.NotEmpty(rule.GetProperty("clauses").EnumerateArray()));
        Assert.NotEqual(JsonValueKind.Null, explained.GetProperty("openReview").ValueKind);
        var change = await viewer.Ask("what_would_change", ("customer_id", AssistantHost.Busy));
        Assert.All(change.GetProperty("wouldChange").EnumerateArray(), one => Assert.NotEmpty(one.GetProperty("missing").EnumerateArray()));
    }

    [Fact]
    public async Task A_move_is_explained_by_the_decision_that_made_it()
    {
        var at = AssistantHost.Begin.AddDays(3);
        await host.Silo.Post(
            Track("mover", "Module Completed", at.AddHours(-4)), Track("mover", "Module Completed", at.AddHours(-2)),
            Track("mover", "Quiz Completed", at, new { score = 75 }));
        await using var viewer = await host.Connect(ApiHost.ViewerToken);
        var explained = await viewer.Ask("explain_status", ("customer_id", "mover"));
        Assert.Equal("Active to Progressing", explained.GetProperty("latestMove").GetProperty("rule").GetString());
        var rule = Assert.Single(explained.GetProperty("decidedOn").GetProperty("rules").EnumerateArray());
        Assert.Equal("Active to Progressing", rule.GetProperty("name").GetString());
        Assert.Contains("modules_completed 2 >= 2", (await viewer.Call("explain_status", ("customer_id", "mover"))).Text());
    }

    [Fact]
    public async Task A_rule_is_tried_over_everybody_and_nothing_is_written()
    {
        await using var success = await host.Connect(ApiHost.SuccessToken);
        await host.Silo.Post(Track("tried", "Lesson Completed", AssistantHost.Begin.AddDays(3)));
        var before = await host.Silo.Get("/api/rules");
        var tried = await success.Ask("dry_run_rule", ("rule", new
        {
            name = "Anybody", from = new[] { "ST_001" }, to = "ST_002", priority = 1, automatic = true,
            conditions = new { lessons_completed = new { @operator = ">=", value = 1 } },
        }));
        Assert.NotEmpty(tried.GetProperty("moves").EnumerateArray());
        Assert.Equal(before.GetRawText(), (await host.Silo.Get("/api/rules")).GetRawText());
        var wrong = await success.Call("dry_run_rule", ("rule", new { name = "None" }));
        Assert.True(wrong.IsError);
        Assert.Contains("$.rules", wrong.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_changes_before_the_code_comes_back_with_the_same_arguments_from_the_same_key()
    {
        await using var success = await host.Connect(ApiHost.SuccessToken);
        await using var admin = await host.Connect(host.Silo.AdminToken);
        var before = await host.Now(AssistantHost.Busy);
        var change = new (string, object?)[] { ("customer_id", AssistantHost.Busy), ("tag", "ST_002"), ("reason", "asked for by phone") };

        var asked = await success.Ask("set_status_tag", change);
        Assert.Equal("confirmation_required", asked.GetProperty("status").GetString());
        Assert.Contains("ST_002", asked.GetProperty("question").GetString(), StringComparison.Ordinal);
        var code = ("confirm", (object?)asked.GetProperty("confirm").GetString());
        foreach (var (who, arguments) in new (McpClient, (string, object?)[])[]
                 {
                     (admin, [.. change, code]),
                     (success, [("customer_id", AssistantHost.Busy), ("tag", "ST_003"), ("reason", "asked for by phone"), code]),
                     (success, [.. change, ("confirm", "yes")]),
                 })
            Assert.StartsWith("bad_confirmation", (await who.Call("set_status_tag", arguments)).Text(), StringComparison.Ordinal);
        Assert.Equal(before, await host.Now(AssistantHost.Busy));

        Assert.Equal("ST_002", (await success.Ask("set_status_tag", [.. change, code])).GetProperty("tag").GetString());
        Assert.Equal(("ST_002", before.Audited + 1), await host.Now(AssistantHost.Busy));

        var move = (await host.Silo.Get($"/api/customers/{AssistantHost.Busy}")).GetProperty("recentTransitions")[0];
        var undo = ("transition_id", (object?)move.GetProperty("id").ToString());
        Assert.Equal("manual:Sue", move.GetProperty("assignedBy").GetString());
        var again = await success.Ask("undo_transition", undo);
        await success.Ask("undo_transition", undo, ("confirm", again.GetProperty("confirm").GetString()));
        Assert.Equal((before.Tag, before.Audited + 2), await host.Now(AssistantHost.Busy));
    }

    [Theory]
    [InlineData("accept", true)]
    [InlineData("accept", false)]
    [InlineData("decline", true)]
    public async Task A_client_that_can_ask_its_person_is_asked_to_and_only_a_yes_counts(string action, bool yes)
    {
        var questions = new List<string>();
        await using var success = await host.Connect(ApiHost.SuccessToken, new McpClientOptions
        {
            Capabilities = new ClientCapabilities { Elicitation = new ElicitationCapability() },
            Handlers = new McpClientHandlers
            {
                ElicitationHandler = (question, _) =>
                {
                    questions.Add(question!.Message);
                    return ValueTask.FromResult(new ElicitResult
                    {
                        Action = action,
                        Content = new Dictionary<string, JsonElement> { ["confirm"] = JsonSerializer.SerializeToElement(yes) },
                    });
                },
            },
        });
        var review = (await success.Ask("list_reviews")).GetProperty("items")[0];
        var (_, audited) = await host.Now(AssistantHost.Busy);
        var answer = await success.Call("set_status_tag", ("customer_id", AssistantHost.Risky), ("tag", "ST_001"),
            ("reason", "stays as it is"), ("locked_until", "2026-05-01T00:00:00Z"));

        Assert.Contains("2026-05-01", Assert.Single(questions), StringComparison.Ordinal);
        Assert.False(answer.IsError ?? false, answer.Text());
        var done = action == "accept" && yes;
        if (!done) Assert.Equal("declined", answer.StructuredContent!.Value.GetProperty("status").GetString());
        Assert.NotEqual(JsonValueKind.Undefined, review.ValueKind);
        Assert.Equal(done ? audited + 1 : audited, (await host.Now(AssistantHost.Busy)).Audited);
    }

    [Fact]
    public async Task A_viewer_who_calls_what_changes_something_is_refused_before_anything_is_told()
    {
        await using var viewer = await host.Connect(ApiHost.ViewerToken);
        foreach (var (tool, arguments) in new Dictionary<string, (string, object?)[]>
                 {
                     ["approve_review"] = [("review_id", Guid.Empty.ToString())], ["undo_transition"] = [("transition_id", "1")],
                     ["set_status_tag"] = [("customer_id", AssistantHost.Busy), ("tag", "ST_002"), ("reason", "x")],
                     ["dry_run_rule"] = [("rule", new { name = "x" })],
                 })
        {
            var refused = await viewer.Call(tool, arguments);
            Assert.True(refused.IsError);
            Assert.StartsWith("forbidden", refused.Text(), StringComparison.Ordinal);
        }
    }
}

using System.Net.Http.Headers;
using System.Text;
using LStep.System.Tests.Ingest;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Assistants;

/// <summary>What no client of good will sends, and what one of node does.</summary>
public sealed class HostileMessageTests(AssistantHost host) : IClassFixture<AssistantHost>
{
    private const string Newest = "2026-07-28";

    public static TheoryData<string> Bodies => new(
        "", "null", "[]", "{", "5", "\"x\"", "[[[[[[[[[[", """{"jsonrpc":"2.0"}""", """{"jsonrpc":"1.0","id":1,"method":"tools/list"}""",
        """{"jsonrpc":"2.0","id":{},"method":"tools/list"}""", """{"jsonrpc":"2.0","id":1,"method":5}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call"}""", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":[]}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":5}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_customer","arguments":5}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_customer","arguments":{"customer_id":{"a":1}}}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"find_customers","arguments":{"limit":1e99}}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"set_status_tag","arguments":{},"requestState":5}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"approve_review","requestState":"A","inputResponses":{"a":5}}}""",
        """{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{}}""",
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":5}}""",
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{}}}""");

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task No_message_is_answered_by_a_5xx(string body)
    {
        foreach (var (version, method, name) in new (string?, string?, string?)[]
                 {
                     (null, null, null), ("2025-11-25", null, null), (Newest, "tools/call", "get_customer"), (Newest, "tools/list", null),
                     (Newest, "tools/call", "=?base64?%%?="), ("9999-99-99", null, null), ("", "", ""),
                 })
        {
            var (status, text) = await Send(body, version, method, name);
            Assert.True(status < 500, $"{version} {method} {name}: {status} {text}");
        }
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../reviews")]
    [InlineData("%2e%2e%2fkeys")]
    [InlineData("x?limit=1")]
    [InlineData("x#y")]
    [InlineData("\u0000")]
    public async Task An_id_leads_nowhere_but_to_its_customer(string id)
    {
        await using var viewer = await host.Connect(ApiHost.ViewerToken);
        foreach (var tool in new[] { "get_customer", "explain_status", "what_would_change", "customer_history" })
            Assert.True((await viewer.Call(tool, ("customer_id", id))).IsError, tool);
    }

    [Fact]
    public async Task What_is_wrong_with_arguments_is_said_by_name_and_answers_have_a_bound()
    {
        await using var viewer = await host.Connect(ApiHost.ViewerToken);
        Assert.Equal(
            "bad_arguments: customer_id: The customer's id, as find_customers gives it.", (await viewer.Call("get_customer")).Text());
        Assert.Contains("nothing", (await viewer.Call("list_rules", ("nothing", 1))).Text(), StringComparison.Ordinal);
        Assert.Contains("ST_001", (await viewer.Call("find_customers", ("tag", "ST_009"))).Text(), StringComparison.Ordinal);
        Assert.StartsWith("bad_", (await viewer.Call("find_customers", ("cursor", "x"))).Text(), StringComparison.Ordinal);
        Assert.StartsWith("not_found", (await viewer.Call("get_customer", ("customer_id", "nobody"))).Text(), StringComparison.Ordinal);

        foreach (var hour in new[] { 1, 2 })
            await host.Silo.Post(Identify("wordy", AssistantHost.Begin.AddHours(hour), Enumerable.Range(0, 120)
                .ToDictionary(at => $"trait{hour}_{at}", _ => new string('x', 200))));
        var wordy = await viewer.Call("get_customer", ("customer_id", "wordy"));
        Assert.True(wordy.Text().Length <= 40_000);
        Assert.Contains("\"leftOut\":[\"traits\"]", wordy.Text(), StringComparison.Ordinal);
    }

    [SdkFact]
    public async Task The_sdk_for_node_reads_and_changes_as_npm_delivers_it()
    {
        await host.Silo.Post(Track("by-node", "Login", AssistantHost.Begin.AddDays(3)));
        await host.Listed("by-node");
        var said = await new NodePackages("Assistants/sdk").Run(
            "client.mjs", new Uri(host.Silo.Address, "/mcp").ToString(), ApiHost.SuccessToken, "by-node");
        Assert.Equal("lstep", said.GetProperty("server").GetProperty("name").GetString());
        Assert.Contains("explain_status", said.GetProperty("tools").EnumerateArray().Select(tool => tool.GetString()));
        Assert.Equal("by-node", said.GetProperty("found").GetProperty("items")[0].GetProperty("id").GetString());
        Assert.Equal("ST_001", said.GetProperty("explained").GetProperty("tag").GetString());
        Assert.Equal("confirmation_required", said.GetProperty("asked").GetProperty("status").GetString());
        Assert.Equal("ST_004", said.GetProperty("done").GetProperty("tag").GetString());
        Assert.True(said.GetProperty("unknown").GetProperty("isError").GetBoolean());
        Assert.Equal(-32602, said.GetProperty("noTool").GetInt32());
    }

    private async Task<(int Status, string Text)> Send(string body, string? version, string? method, string? name)
    {
        using var client = new HttpClient { BaseAddress = host.Silo.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", ApiHost.SuccessToken) },
        };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        foreach (var (header, value) in new[] { ("MCP-Protocol-Version", version), ("Mcp-Method", method), ("Mcp-Name", name) })
            if (value is not null) request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}

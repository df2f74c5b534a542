using System.Net;
using System.Text.Json;
using LStep.Domain.Measuring;

namespace LStep.System.Tests.Http;

/// <summary>The names that others test against.</summary>
public sealed class ShapeTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly string[] TransitionFields =
        ["id", "customerId", "from", "to", "at", "dueAt", "rule", "ruleSetVersion", "confidence", "assignedBy", "reason", "batchId",
            "decisionId", "undoneAt"];

    private static readonly string[] ReviewFields =
        ["id", "customerId", "from", "to", "rule", "confidence", "reasons", "openedReasons", "status", "openedAt", "decidedAt", "decidedBy",
            "decisionId", "transitionId"];

    [Fact]
    public async Task A_customer_who_moves_up_has_the_shapes_of_the_contract()
    {
        await MoveToProgressing("up");

        var customer = await host.Get("/api/customers/up");
        Has(customer, "id", "email", "name", "tier", "productTag", "ltvValue", "enrolledAt", "timezone", "traits", "tag", "tagSince",
            "lockedUntil", "scores", "metrics",
            "riskIndicators", "behaviorTags", "recentTransitions", "openReview", "lastLoginAt", "lastActivityAt", "nextCheckAt", "version");
        Assert.Equal(("up", "Pro", "PT_001", "ST_002"), (
            Text(customer, "id"), Text(customer, "tier"), Text(customer, "productTag"), Text(customer, "tag")));
        Assert.Equal("2026-03-10T12:00:00.000Z", Text(customer, "tagSince"));
        Assert.Equal("mango", Text(customer.GetProperty("traits"), "fruit"));
        Has(customer.GetProperty("scores"), "engagement", "progress", "community", "overall", "trend");
        Assert.All(customer.GetProperty("riskIndicators").EnumerateArray(), indicator => Has(indicator, "type", "severity"));
        Assert.Equal(2, customer.GetProperty("metrics").GetProperty("modules_completed").GetInt32());
        Assert.Equal(JsonValueKind.Array, customer.GetProperty("metrics").GetProperty("risk_indicators").ValueKind);
        Assert.Equal(Metrics.All.Length, ApiHost.Fields(customer.GetProperty("metrics")).Length);

        var moved = customer.GetProperty("recentTransitions")[0];
        Has(moved, TransitionFields);
        Assert.Equal(("ST_001", "ST_002", "Active to Progressing"), (Text(moved, "from"), Text(moved, "to"), Text(moved, "rule")));
        Assert.Equal(JsonValueKind.Null, customer.GetProperty("recentTransitions")[1].GetProperty("from").ValueKind);

        var decision = await host.Get($"/api/customers/up/decisions/{moved.GetProperty("decisionId").GetInt32()}");
        Has(decision, "customerId", "number", "at", "record");
        Assert.Equal(JsonValueKind.Object, decision.GetProperty("record").ValueKind);
    }

    [Fact]
    public async Task An_evaluation_explains_every_rule_and_clause()
    {
        await MoveToProgressing("explained");

        var evaluation = await host.Get("/api/customers/explained/evaluation");
        Has(evaluation, "customerId", "at", "currentTag", "recommended", "rule", "confidence", "calibratedConfidence", "requiresReview",
            "reviewReasons", "held",
            "wouldApply", "wouldChange", "rules", "nextCheckAt");
        var rule = evaluation.GetProperty("rules")[0];
        Has(rule, "id", "name", "to", "priority", "met", "confidence", "clauses");
        Has(rule.GetProperty("clauses")[0], "metric", "operator", "threshold", "observed", "met", "margin", "evidence");
        Assert.All(evaluation.GetProperty("wouldChange").EnumerateArray(), change => Has(change, "to", "rule", "missing"));

        using var answer = await host.Admin.PostAsync("/api/customers/explained/evaluation", null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Rules_are_told_as_they_were_published()
    {
        var rules = await host.Get("/api/rules");
        Has(rules, "version", "author", "publishedAt", "rules");
        Assert.Equal(15, rules.GetProperty("rules").GetArrayLength());
        var first = rules.GetProperty("rules")[0];
        Has(first, "id", "name", "from", "to", "conditions", "priority", "automatic", "requiresApproval", "usualRhythm", "active");
        Assert.Equal(2, first.GetProperty("conditions").GetProperty("modules_completed").GetProperty("value").GetInt32());

        Has(Single(await host.Get("/api/rules/versions")), "version", "author", "publishedAt", "rules");
    }

    [Fact]
    public async Task Lists_ledger_and_figures_have_the_shapes_of_the_contract()
    {
        await host.Post(ApiHost.Identify("listed", new { email = "listed@example.org", tier = "Freemium" }));

        var list = await host.Get("/api/customers?q=LISTED@example&tier=freemium&tag=ST_001");
        Assert.Equal(["items", "next", "total", "totalIsAtLeast", "behind"], ApiHost.Fields(list));
        Has(Single(list), "id", "name", "email", "tier", "tag", "tagSince", "scores", "riskIndicators", "lastActivityAt", "nextCheckAt");
        Assert.Equal(JsonValueKind.Null, list.GetProperty("next").ValueKind);

        Has((await host.Get("/api/transitions?limit=1")).GetProperty("items")[0], TransitionFields);

        var distribution = await host.Get("/api/analytics/distribution");
        Has(distribution, "at", "counts");
        Assert.Equal(["ST_001", "ST_002", "ST_003", "ST_004", "ST_005", "ST_006"], ApiHost.Fields(distribution.GetProperty("counts")));

        Assert.Equal(
            ["status_tags_enabled", "realtime_evaluation_enabled", "auto_apply_enabled", "campaigns_enabled", "rollout_percentage",
                "shadow_rules"],
            (await host.Get("/api/flags")).GetProperty("items").EnumerateArray().Select(flag => Text(flag, "name")));
    }

    [Fact]
    public async Task A_high_value_customer_at_risk_waits_in_the_queue()
    {
        // Two failing grades ask for approval; nothing moves before a person says so.
        await host.Post(
            ApiHost.Identify("queued", new { tier = "Enterprise", createdAt = "2026-01-01" }),
            ApiHost.Track("queued", "Assessment Taken", new { score = 20 }),
            ApiHost.Track("queued", "Assessment Taken", new { score = 30 }));

        var customer = await host.Get("/api/customers/queued");
        Has(customer.GetProperty("openReview"), ReviewFields);
        var review = (await host.Get("/api/reviews?status=open")).GetProperty("items").EnumerateArray()
            .Single(one => Text(one, "customerId") == "queued");
        Has(review, ReviewFields);
        Assert.Equal(("ST_001", "ST_004", "open"), (Text(review, "from"), Text(review, "to"), Text(review, "status")));
        Assert.Contains(review.GetProperty("reasons").EnumerateArray(), reason => reason.GetString() == "approval_required");

        // What campaigns do about it comes a little later.
        var told = (await host.Get("/api/customers/queued/timeline")).GetProperty("items").EnumerateArray()
            .Select(entry => Text(entry, "kind")).Where(kind => kind != "action");
        Assert.Equal(["activity", "activity", "activity", "review_opened", "transition"], told.Order());
    }

    [Fact]
    public async Task A_batch_that_was_asked_for_tells_how_it_went()
    {
        using var answer = await host.Admin.PostAsync("/api/evaluations", null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        var batch = await host.Get(answer.Headers.Location!.ToString());
        Has(batch, "id", "scope", "startedAt", "finishedAt", "total", "evaluated", "transitions", "reviews", "errors");
        Assert.StartsWith("eval_", Text(batch, "id"));
        Has((await host.Get("/api/evaluations")).GetProperty("items")[0], "id", "scope");
    }

    [Theory]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a%2Fb", "a%252Fb")]
    [InlineData("100% 日本 #?&+", "100%25%20%E6%97%A5%E6%9C%AC%20%23%3F%26%2B")]
    public async Task Ids_are_free_text(string id, string encoded)
    {
        await host.Post(ApiHost.Track(id, "Login"));
        Assert.Equal(id, Text(await host.Get($"/api/customers/{encoded}"), "id"));
        Assert.Equal(1, (await host.Get($"/api/customers/{encoded}/timeline?limit=1")).GetProperty("items").GetArrayLength());
    }

    private Task MoveToProgressing(string id) => host.Post(
        ApiHost.Identify(id, new { email = $"{id}@example.org", tier = "Pro", fruit = "mango", createdAt = "2026-03-09" }),
        ApiHost.Track(id, "Module Completed", new { moduleId = "m1" }),
        ApiHost.Track(id, "Module Completed", new { moduleId = "m2" }),
        ApiHost.Track(id, "Assessment Taken", new { score = 75 }));

    private static JsonElement Single(JsonElement list) => list.GetProperty("items").EnumerateArray().Single();

    private static string? Text(JsonElement element, string field) => element.GetProperty(field).GetString();

    private static void Has(JsonElement element, params string[] fields) => Assert.Empty(fields.Except(ApiHost.Fields(element)));
}

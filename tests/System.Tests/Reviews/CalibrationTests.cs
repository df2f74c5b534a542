using System.Net.Http.Json;
using System.Text.Json;
using LStep.Domain.Deciding;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Reviews;

/// <summary>What people decided makes the confidence of the next decisions, from the next business day on.</summary>
public sealed class CalibrationTests
{
    private const int Learners = 220;
    private const int Approved = 150;
    private static readonly DateTimeOffset Begin = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Two_hundred_outcomes_replace_the_plain_figure_and_old_records_are_decided_again_as_they_were()
    {
        await using var host = await LStepHost.Start(Begin);
        for (var at = 0; at < Learners; at++)
            await host.Post(Identify($"u{at}", Begin, new { tier = "Enterprise" }), Track($"u{at}", "Lesson Completed", Begin));
        await host.MoveClock(Begin.AddDays(3));
        var open = await Open(host);
        Assert.Equal(Learners, open.Count);
        var record = await Record(host, "u0");
        await Decide(host, open[..Approved], "approve");
        await Decide(host, open[Approved..(Learners - 5)], "reject");
        // One whom nobody decided about yet shows what is in force: still the plain figure.
        var last = open[^1].GetProperty("customerId").GetString();
        Assert.Equal(JsonValueKind.Null, (await Explain(host, last!)).GetProperty("calibratedConfidence").ValueKind);

        await host.MoveClock(Begin.AddDays(4));

        var calibrated = await Explain(host, last!);
        var share = decimal.Round((decimal)Approved / (Learners - 5), 3, MidpointRounding.AwayFromZero);
        Assert.Equal(share, calibrated.GetProperty("calibratedConfidence").GetDecimal());
        Assert.NotEqual(share, calibrated.GetProperty("confidence").GetDecimal());
        var review = (await host.Get($"/api/customers/{last}")).GetProperty("openReview");
        Assert.Contains("low_confidence", review.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()));
        Assert.Equal(record, await Record(host, "u0"));
        Assert.True(DecisionRecord.Redecide(record).Same);
        var later = JsonElement.Parse(await Record(host, last!, review.GetProperty("decisionId").GetInt32()));
        Assert.Equal(1, later.GetProperty("calibration").GetProperty("number").GetInt32());
    }

    private static async Task<List<JsonElement>> Open(LStepHost host)
    {
        var all = new List<JsonElement>();
        for (var path = "/api/reviews?status=open&limit=100"; path is not null;)
        {
            var page = await host.Get(path);
            all.AddRange(page.GetProperty("items").EnumerateArray());
            path = page.GetProperty("next").GetString() is { } next
                ? $"/api/reviews?status=open&limit=100&cursor={Uri.EscapeDataString(next)}" : null;
        }
        return all;
    }

    private static async Task Decide(LStepHost host, List<JsonElement> reviews, string decision)
    {
        var answer = await host.Client.PostAsJsonAsync(
            "/api/reviews/bulk", new { ids = reviews.Select(review => review.GetProperty("id").GetString()), decision });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var items = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("items");
        Assert.All(items.EnumerateArray(), item => Assert.False(item.TryGetProperty("code", out _)));
    }

    private static Task<JsonElement> Explain(LStepHost host, string id) => host.Get($"/api/customers/{id}/evaluation");

    private static async Task<string> Record(LStepHost host, string id, int number = 1) =>
        (await host.Get($"/api/customers/{id}/decisions/{number}")).GetProperty("record").GetRawText();
}

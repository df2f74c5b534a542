using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LStep.Grains.Campaigns.Channels.Sink;
using Microsoft.Extensions.DependencyInjection;
using static LStep.System.Tests.Campaigns.ActionLines;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Campaigns;

/// <summary>A path that is foreseen is the path that is taken.</summary>
public sealed class JourneyTests
{
    [Theory]
    [InlineData(null, 1)]
    [InlineData("Asia/Tokyo", 40)]
    public async Task What_the_preview_says_is_what_becomes_of_real_customers(string? zone, int daysBefore)
    {
        // The night of 28 to 29 March is the one in which Berlin's clocks are changed, and lies within.
        await using var host = await LStepHost.Start(Begin, zone: zone, with: options => options with
        {
            Channels = Grains.Campaigns.Channels.ChannelSettings.SinkOnly, ApiRequestsPerSecond = 10_000,
        });
        string[] customers = await Customers(host);
        await host.MoveClock(Begin.AddDays(daysBefore).AddMinutes(7));
        var (from, until) = (host.Now, host.Now.AddDays(150));
        var (foreseen, over) = (new Dictionary<string, JsonElement>(), new HashSet<string>());
        foreach (var customer in customers)
            over.UnionWith((await host.Actions(customer)).Where(one => one.Text("status") is not ("scheduled" or "held"))
                .Select(one => one.Text("id")));
        foreach (var customer in customers)
            foreseen[customer] = await Preview(host, new { customerId = customer, days = 150 });
        await host.MoveClock(until);

        var outcomes = new HashSet<string>();
        foreach (var customer in customers)
        {
            var items = foreseen[customer].GetProperty("items").EnumerateArray().ToList();
            Assert.False(foreseen[customer].GetProperty("truncated").GetBoolean());
            Assert.Equal(until, foreseen[customer].Instant("until"));
            var moves = (await host.Get("/api/transitions?limit=500")).GetProperty("items").EnumerateArray()
                .Where(row => row.Text("customerId") == customer && row.Instant("dueAt") > from).Select(row => Line(row, "dueAt", "to"));
            Assert.Equal(moves, items.Where(one => one.Text("kind") == "transition").Select(one => Line(one, "at", "to")));

            var actions = (await host.Actions(customer)).Where(one => one.Text("status") != "scheduled" && !over.Contains(one.Text("id")))
                .Select(one =>
                $"{one.Text("campaign")} {one.Text("step")} {one.Text("channel")} {one.Text("variant")} {one.Text("scheduledFor")} "
                + $"{one.Text("status")} {one.Text("reason")} {one.Text("sentAt")}");
            var last = items.Where(one => one.Text("kind") is "message" or "action")
                .GroupBy(one => $"{one.Text("campaign")} {one.Text("step")} {one.Text("scheduledFor")}").Select(group => group.Last());
            var fates = last.Select(one =>
                $"{one.Text("campaign")} {one.Text("step")} {one.Text("channel")} {one.Text("variant")} {one.Text("scheduledFor")} "
                + $"{one.Text("outcome")} {one.Text("reason")} {(one.Text("outcome") == "sent" ? one.Text("at") : "")}");
            Assert.Equal(actions.Order(StringComparer.Ordinal), fates.Order(StringComparer.Ordinal));
            Assert.All(
                items, one => Assert.Equal(one.Text("outcome") == "sent", one.GetProperty("message").ValueKind != JsonValueKind.Null));
            outcomes.UnionWith(items.Select(one => $"{one.Text("outcome")} {one.Text("reason")}"));
        }
        string[] seen =
        [
            "sent ", "held quiet_hours", "held frequency_cap", "suppressed holdout", "suppressed opted_out", "cancelled status_changed",
            "failed There is no mail address.", "suppressed The campaign had started for this customer not long before.",
        ];
        if (daysBefore == 1) Assert.All(seen[..^1], one => Assert.Contains(one, outcomes));
    }

    [Fact]
    public async Task Looking_at_a_path_changes_nothing_and_sends_nothing()
    {
        await using var host = await Start();
        await host.Come("ada", new { tier = "Pro", email = "ada@example.org", locale = "ja" });
        await host.Put("ada", "ST_004");
        var (before, mails) = (await Counts(host), host.Services.GetRequiredService<SinkMailbox>().Messages.Count);
        foreach (var tag in new[] { null, "ST_002", "ST_003", "ST_005", "ST_006" })
        {
            var known = await Preview(host, new { customerId = "ada", tag, at = host.Now.AddDays(3), days = 400 });
            Assert.NotEmpty(known.GetProperty("items").EnumerateArray());
            await Preview(host, new { customer = new { tier = "Enterprise", ltvValue = 90_000 }, tag, days = 400 });
        }
        Assert.Equal(before, await Counts(host));
        Assert.Equal(mails, host.Services.GetRequiredService<SinkMailbox>().Messages.Count);
    }

    [Fact]
    public async Task Somebody_invented_has_a_path_with_messages_as_they_would_read()
    {
        await using var host = await Start();
        var journey = await Preview(host, new
        {
            customer = new
            {
                productTag = "PT_003", locale = "ja", timezone = "Pacific/Kiritimati", name = "Aiko", email = "aiko@example.org",
                traits = new { trial = true }, consent = new { push = false }, enrolledAt = Begin.AddDays(-30),
            },
            at = Begin.AddYears(-1), tag = "ST_004", days = 2,
        });
        Assert.Equal((JsonValueKind.Null, "ST_004", Begin.AddYears(-1)), (
            journey.GetProperty("customerId").ValueKind, journey.Text("tag"), journey.Instant("at")!.Value));
        var items = journey.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(
            [
                "transition    ST_001 ST_004", "action cs_alert sent ", "action trial_extension sent ",
                "message personal_check_in held 2025-03-03T18:00:00.000Z quiet_hours", "message personal_check_in sent ",
            ],
            items.Select(one => $"{one.Text("kind")} {one.Text("campaign")} {one.Text("outcome")} {one.Text("heldUntil")} "
                + (one.Text("kind") == "transition" ? $"{one.Text("from")} {one.Text("to")}" : one.Text("reason")))
                .Select(line => line.Replace("sent  ", "sent ", StringComparison.Ordinal)));
        var mail = items[^1].GetProperty("message");
        Assert.Equal("aiko@example.org", mail.Text("to"));
        Assert.Contains("Aiko", mail.Text("text"), StringComparison.Ordinal);
        Assert.Contains("/u/preview", mail.Text("html"), StringComparison.Ordinal);
        Assert.Equal("trial_extension", items[2].Text("campaign"));
        Assert.Equal(14, items[2].GetProperty("message").GetProperty("json").GetProperty("days").GetInt32());
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_with_its_path_and_its_code()
    {
        await using var host = await Start();
        await host.Come("ada", new { tier = "Pro" });
        (object Body, int Status, string Path, string Code)[] cases =
        [
            (new { }, 422, "$.customerId", "bad_value"),
            (new { customerId = "ada", customer = new { } }, 422, "$.customerId", "bad_value"),
            (new { customerId = "" }, 422, "$.customerId", "required"),
            (new { customerId = "a\0b" }, 422, "$.customerId", "bad_character"),
            (new { customerId = new string('x', 129) }, 422, "$.customerId", "too_long"),
            (new { customerId = "ada", at = "0001-01-01T00:00:00Z" }, 422, "$.at", "in_the_past"),
            (new { customerId = "ada", at = "9999-12-31T23:59:59Z" }, 422, "$.at", "bad_value"),
            (new { customerId = "ada", at = Begin.AddDays(367) }, 422, "$.at", "bad_value"),
            (new { customer = new { }, at = "0001-01-01T00:00:00Z" }, 422, "$.at", "bad_value"),
            (new { customer = new { }, at = "9999-12-31T23:59:59Z" }, 422, "$.at", "bad_value"),
            (new { customer = new { }, at = "yesterday" }, 400, "$.at", "bad_json"),
            (new { customerId = "ada", days = 0 }, 422, "$.days", "bad_value"),
            (new { customerId = "ada", days = 401 }, 422, "$.days", "bad_value"),
            (new { customerId = "ada", days = 1.5 }, 400, "$.days", "bad_json"),
            (new { customerId = "ada", tag = "ST_007" }, 400, "$.tag", "bad_json"),
            (new { customerId = "ada", tag = "ST_001" }, 422, "$.tag", "has_it_already"),
            (new { customerId = "ada", locale = "a\0b" }, 422, "$.locale", "bad_character"),
            (new { customerId = "ada", wish = 1 }, 400, "$.wish", "bad_json"),
            (new { customer = new { age = 7 } }, 400, "$.customer.age", "bad_json"),
            (new { customer = new { timezone = "Mars/Olympus" } }, 422, "$.customer.timezone", "bad_value"),
            (new { customer = new { timezone = "../../etc/passwd" } }, 422, "$.customer.timezone", "bad_value"),
            (new { customer = new { tier = "Gold" } }, 422, "$.customer.tier", "bad_value"),
            (new { customer = new { productTag = "PT_009" } }, 422, "$.customer.productTag", "bad_value"),
            (new { customer = new { tier = "Pro", productTag = "PT_003" } }, 422, "$.customer.productTag", "bad_value"),
            (new { customer = new { name = "a\0b" } }, 422, "$.customer.name", "bad_character"),
            (new { customer = new { email = new string('x', 321) } }, 422, "$.customer.email", "too_long"),
            (new { customer = new { enrolledAt = "0001-01-01T00:00:00Z" } }, 422, "$.customer.enrolledAt", "bad_value"),
            (new { customer = new { enrolledAt = "9999-12-31T00:00:00Z" } }, 422, "$.customer.enrolledAt", "bad_value"),
            (new { customer = new { traits = "text" } }, 422, "$.customer.traits", "bad_value"),
            (new { customer = new { traits = new { a = new string('x', 65_536) } } }, 422, "$.customer.traits", "too_long"),
            (new { customer = new { traits = Enumerable.Range(0, 301).ToDictionary(n => $"t{n}") } }, 422, "$.customer.traits", "too_long"),
        ];
        foreach (var (body, status, path, code) in cases)
        {
            using var answer = await host.Client.PostAsJsonAsync("/api/journeys/preview", body);
            var problem = await answer.Json();
            Assert.Equal((status, code), ((int)answer.StatusCode, problem.Text("code")));
            Assert.Contains(problem.GetProperty("errors").EnumerateArray(), one => one.Text("path") == path);
        }
        // The refusal of too large a body comes before the body: who sends on regardless may find the connection closed.
        host.Client.DefaultRequestHeaders.ExpectContinue = true;
        foreach (var (text, status) in new[]
        {
            ("""{"customer":{"traits":{"a":"\ud800"}}}""", 422), ("""{"customer":{"name":"\ud800"}}""", 400),
            ("""{"customer":{"traits":{"a":"b\u0000c","A":1,"":2,"consent":{"email":"no"}}},"tag":"ST_005"}""", 200),
            (Traits(new string('[', 30) + new string(']', 30)), 422),
            (Traits(new string('[', 90) + new string(']', 90)), 400),
            ("""{"customer":{"ltvValue":1e400}}""", 400), ("""{"customer":{"ltvValue":-79228162514264337593543950335}}""", 200),
            ("""{"customer":{"locale":"{{ x }}","name":"<b>{{ 1 | times: 7 }}</b>"},"tag":"ST_003"}""", 200), ("null", 400), ("[]", 400),
            (Traits($"\"{new string('x', 1_100_000)}\""), 413),
        })
        {
            using var answer = await host.Client.PostAsync(
                "/api/journeys/preview", new StringContent(text, Encoding.UTF8, "application/json"));
            Assert.True(
                (int)answer.StatusCode == status, $"{text[..Math.Min(80, text.Length)]}: {await answer.Content.ReadAsStringAsync()}");
        }
        static string Traits(string value) => "{\"customer\":{\"traits\":{\"a\":" + value + "}}}";

        using var nobody = await host.Client.PostAsJsonAsync("/api/journeys/preview", new { customerId = "nobody" });
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    /// <summary>Of every table but the one in which processes say that they live.</summary>
    private static async Task<List<string>> Counts(LStepHost host)
    {
        var tables = await host.Sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
        var counts = new List<string>();
        foreach (var table in tables) counts.Add(
            $"{table} {(await host.Sql($"SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM \"{table}\" t"))[0]}");
        // Heartbeats go on, the use of a key is marked, and figures follow what was committed before, in their own time.
        string[] ownTime = ["nodes ", "tokens ", "analytics_", "customer_figures", "customer_foresight", "customer_search",
            "value_models", "value_days"];
        return counts.FindAll(line => !Array.Exists(ownTime, begin => line.StartsWith(begin, StringComparison.Ordinal)));
    }

    private static string Line(JsonElement row, string at, string tag) => $"{row.Text(at)} {row.Text(tag)} {row.Text("rule")}";

    private static async Task<string[]> Customers(LStepHost host)
    {
        await host.Post(
            Identify("ada", Begin, new { tier = "Pro", email = "ada@example.org", name = "Ada Lovelace", locale = "ja" }),
            Identify("kiri", Begin, new { tier = "Freemium", email = "kiri@example.org", timezone = "Pacific/Kiritimati" }),
            Identify("bea", Begin, new { tier = "Enterprise", email = "bea@example.org", timezone = "Europe/Berlin", ltvValue = 90_000 }),
            Identify("nomail", Begin, new { tier = "Pro" }),
            Identify("out", Begin, new { tier = "Pro", email = "out@example.org", consent = new { email = false } }),
            Identify("rise", Begin, new { tier = "Freemium", email = "rise@example.org", timezone = "America/New_York" }),
            Identify(Drawn("held", "personal_check_in", heldOut: true), Begin, new { tier = "Freemium", email = "held@example.org" }));
        foreach (var name in new[] { "ada", "kiri", "bea", "rise" })
            await host.Post(Track(name, "Lesson Completed", Begin.AddMinutes(-30), new { lessonId = "a" }));
        await host.Post(
            Track("rise", "Module Completed", Begin, new { moduleId = "a" }, "a"),
            Track("rise", "Module Completed", Begin, new { moduleId = "b" }, "b"),
            Track("rise", "Assessment Taken", Begin, new { score = 90 }, "c"));
        return ["ada", "kiri", "bea", "nomail", "out", "rise", Drawn("held", "personal_check_in", heldOut: true)];
    }

    private static async Task<JsonElement> Preview(LStepHost host, object body)
    {
        using var answer = await host.Client.PostAsJsonAsync("/api/journeys/preview", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Json();
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Customers;

/// <summary>The list against a plain computation over every customer's own answer.</summary>
public sealed class CustomerListTests(CustomerListTests.Population population) : IClassFixture<CustomerListTests.Population>
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Filters =>
    [
        "", "tag=ST_001", "tag=ST_004", "tier=Pro", "tag=ST_004&tier=Pro", "risk=login_gap", "risk=low_engagement", "risk=high",
        "risk=medium", "risk=billing_risk", "risk=login_gap&tier=Enterprise", "behavior=BT_001", "behavior=BT_004",
        "behavior=BT_004&risk=low", "owner=anna", "owner=Anna", "owner=7", "owner=bob&tag=ST_001", "minLtv=1000", "maxLtv=0",
        "minLtv=900.5&maxLtv=5000", "minLtv=-5", "enrolledFrom=2026-02-10", "enrolledTo=2026-02-09",
        "enrolledFrom=2026-02-05&enrolledTo=2026-02-12", "activeFrom=2026-03-05", "activeTo=2026-03-04",
        "activeFrom=2026-03-03&activeTo=2026-03-03&tier=Freemium",
        "enrolledFrom=0001-01-01&enrolledTo=9999-12-31&activeFrom=0001-01-01&activeTo=9999-12-31", "q=MÜLLER", "q=müller&tier=Pro",
        "q=%C3%9F", "minChurn=0", "minChurn=0.5&tier=Pro", "maxChurn=0.5&q=c",
        "minChurn=0.02&maxChurn=0.9&risk=high", "q=strasse",
        "q=太", "q=太郎", "q=c1", "q=_", "q=%25", "q=%5C", "q=@", "q=zz", "q=%27", "q=.", "q=c-",
    ];

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_lets_those_pass_that_fit_by_their_own_answers(string filter)
    {
        var all = await population.All();
        var expected = all.Where(one => Fits(one, filter)).Select(Id).Order(StringComparer.Ordinal).ToList();

        var (ids, totals) = await Walk(filter, 7);

        Assert.Equal(expected, ids);
        Assert.All(totals, total => Assert.Equal((expected.Count, false), total));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("tagSince")]
    [InlineData("overall")]
    [InlineData("ltv")]
    [InlineData("lastActivity")]
    [InlineData("risk")]
    [InlineData("churn")]
    [InlineData("id")]
    public async Task A_list_is_sorted_both_ways_and_of_equal_ones_the_ids_decide(string sort)
    {
        var all = await population.All();
        foreach (var filter in new[] { "", "tier=Freemium", "q=c" })
        {
            var rising = all.Where(one => Fits(one, filter)).OrderBy(one => Key(one, sort), StringComparer.Ordinal)
                .ThenBy(Id, StringComparer.Ordinal).Select(Id).ToList();

            Assert.Equal(rising, (await Walk($"{filter}&sort={sort}", 11)).Ids);
            Assert.Equal(Enumerable.Reverse(rising), (await Walk($"{filter}&sort={sort}&order=desc", 11)).Ids);
        }
    }

    [Theory]
    [InlineData("behavior=BT_009", "bad_behavior")]
    [InlineData("sort=email", "bad_sort")]
    [InlineData("order=up", "bad_order")]
    [InlineData("minLtv=many", "bad_number")]
    [InlineData("minLtv=2&maxLtv=1", "bad_range")]
    [InlineData("enrolledFrom=2026-02-02&enrolledTo=2026-02-01", "bad_range")]
    [InlineData("activeFrom=soon", "bad_date")]
    [InlineData("owner=%00", "bad_text")]
    public async Task A_wrong_value_is_refused_by_name(string query, string code)
    {
        using var answer = await population.Host.Client.GetAsync("/api/customers?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(code, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_of_one_order_is_none_of_another()
    {
        var page = await population.Host.Get("/api/customers?sort=ltv&limit=2");
        var next = Uri.EscapeDataString(page.GetProperty("next").GetString()!);

        using var other = await population.Host.Client.GetAsync($"/api/customers?sort=ltv&order=desc&limit=2&cursor={next}");

        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
    }

    private async Task<(List<string> Ids, List<(int, bool)> Totals)> Walk(string filter, int limit)
    {
        var (ids, totals, cursor) = (new List<string>(), new List<(int, bool)>(), "");
        do
        {
            var page = await population.Host.Get($"/api/customers?limit={limit}&{filter}{cursor}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(Id));
            totals.Add((page.GetProperty("total").GetInt32(), page.GetProperty("totalIsAtLeast").GetBoolean()));
            cursor = page.GetProperty("next").GetString() is { } next ? $"&cursor={Uri.EscapeDataString(next)}" : "";
        }
        while (cursor.Length > 0);
        return (ids, totals);
    }

    internal static string Id(JsonElement one) => one.GetProperty("id").GetString()!;

    private static string? Text(JsonElement one, string name) =>
        one.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static bool Fits(JsonElement one, string filter) => filter.Split('&', StringSplitOptions.RemoveEmptyEntries).All(part =>
    {
        var (name, value) = (part.Split('=')[0], Uri.UnescapeDataString(part.Split('=')[1]));
        var ltv = one.GetProperty("ltvValue") is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : (decimal?)null;
        return name switch
        {
            "tag" or "tier" => Text(one, name) == value,
            "risk" => one.GetProperty("riskIndicators").EnumerateArray().Any(
                risk => Text(risk, "type") == value || Text(risk, "severity") == value),
            "behavior" => one.GetProperty("behaviorTags").EnumerateArray().Any(tag => tag.GetString() == value),
            "owner" => one.GetProperty("traits").TryGetProperty("owner", out var owner) && owner.ToString() == value,
            "minLtv" => ltv >= decimal.Parse(value, CultureInfo.InvariantCulture),
            "maxLtv" => ltv <= decimal.Parse(value, CultureInfo.InvariantCulture),
            "minChurn" => Churn(one) >= decimal.Parse(value, CultureInfo.InvariantCulture),
            "maxChurn" => Churn(one) <= decimal.Parse(value, CultureInfo.InvariantCulture),
            "enrolledFrom" => string.CompareOrdinal(Text(one, "enrolledAt")![..10], value) >= 0,
            "enrolledTo" => string.CompareOrdinal(Text(one, "enrolledAt")![..10], value) <= 0,
            "activeFrom" => Text(one, "lastActivityAt") is { } active && string.CompareOrdinal(active[..10], value) >= 0,
            "activeTo" => Text(one, "lastActivityAt") is { } active && string.CompareOrdinal(active[..10], value) <= 0,
            _ => Folded(Id(one)).Contains(Folded(value), StringComparison.Ordinal)
                || new[] { "email", "name" }.Any(
                    field => Text(one, field) is { } text && Folded(text).Contains(Folded(value), StringComparison.Ordinal)),
        };
    });

    private static decimal? Churn(JsonElement one) => one.GetProperty("churn") is { ValueKind: JsonValueKind.Object } churn
        ? churn.GetProperty("probability").GetDecimal() : null;

    private static string Folded(string text) => text.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal);

    /// <summary>A text whose order is that of the values.</summary>
    private static string Key(JsonElement one, string sort)
    {
        string Padded(decimal? number) =>
            number is { } known ? (known + 1_000_000).ToString("0000000.0000", CultureInfo.InvariantCulture) : "";
        return sort switch
        {
            "name" => Text(one, "name") is { } name ? Utf32(Folded(name)) : "",
            "tagSince" => one.GetProperty("tagSince").GetDateTimeOffset().UtcTicks.ToString("D20", CultureInfo.InvariantCulture),
            "overall" => Padded(one.GetProperty("scores").GetProperty("overall").GetDecimal()),
            "ltv" => one.GetProperty("ltvValue") is { ValueKind: JsonValueKind.Number } ltv ? Padded(ltv.GetDecimal()) : "",
            "lastActivity" => one.GetProperty("lastActivityAt") is { ValueKind: JsonValueKind.String } at
                ? at.GetDateTimeOffset().UtcTicks.ToString("D20", CultureInfo.InvariantCulture) : "",
            "churn" => Padded(Churn(one)),
            "risk" => Padded(one.GetProperty("riskIndicators").GetArrayLength()),
            _ => "",
        };
    }

    private static string Utf32(string text) => string.Concat(text.EnumerateRunes().Select(rune => $"{rune.Value:X6}"));

    /// <summary>Some customers who did different things for five days.</summary>
    public sealed class Population : IAsyncLifetime
    {
        private List<JsonElement>? all;

        public LStepHost Host { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Host = await LStepHost.Start(Begin);
            string[] names =
                ["Jürgen Müller", "Hans Groß", "Rosa STRASSE", "佐藤 太郎", "100%_sure\\", "O'Neil.", "Zoë", "anna", "Bob Böhm", "ÆGIR",
                    "😀 Smile"];
            var random = new Random(7);
            for (var i = 0; i < 60; i++)
            {
                var traits = new Dictionary<string, object>();
                if (i % 6 != 0) traits["name"] = names[i % names.Length];
                if (i % 3 != 0) traits["email"] = $"C{i}.x@example.com";
                if (i % 7 != 6) traits["tier"] = new[] { "Freemium", "Pro", "Enterprise" }[i % 3];
                if (i % 5 != 4) traits["ltv"] = new[] { 0m, 900.5m, 1200m, 8000m, -3m }[i % 4];
                if (i % 4 != 3) traits["owner"] = new object[] { "anna", "bob", 7, "Anna" }[i % 4];
                if (i % 2 == 0) traits["enrolledAt"] = Begin.AddDays(-10 - i % 20);
                await Host.Post(Identify($"c-{i}", Begin, traits));
                // Of those who have been known for two weeks something is predicted.
                if (i % 3 != 1) await Host.Post(Track($"c-{i}", "Logged In", Begin.AddDays(-20 + i % 10)));
            }
            for (var day = 0; day < 6; day++)
            {
                var at = Begin.AddDays(day);
                await Host.MoveClock(at);
                for (var i = 0; i < 60; i++)
                {
                    if (i % (day + 1) != 0 && random.Next(3) > 0) continue;
                    await Host.Post(
                        Track($"c-{i}", "Lesson Completed", at, new { lessonId = $"l{day}" }),
                        Track($"c-{i}", random.Next(2) == 0 ? "Module Completed" : "Comment Made", at, new { moduleId = $"m{day}" }),
                        Track($"c-{i}", random.Next(8) == 0 ? "Payment Failed" : "Feature Used", at, new { featureId = $"f{day}" }));
                }
            }
            await Host.MoveClock(Begin.AddDays(8));
        }

        public async Task<List<JsonElement>> All() => all ??= [.. await Task.WhenAll(
            Enumerable.Range(0, 60).Select(i => Host.Get($"/api/customers/c-{i}")))];

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using static LStep.System.Tests.Privacy.Person;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Privacy;

/// <summary>What people of the team keep of a list must not keep a person who was erased.</summary>
public sealed class EraseViewsTests
{
    [Fact]
    public async Task Saved_views_lose_what_names_the_person_however_an_address_writes_it_and_the_receipt_says_so()
    {
        await using var host = await Known();
        var views = new Dictionary<string, (string Filter, string Left)>
        {
            ["by id"] = ($"tag=ST_004&q={Ada}&sort=ltv", "tag=ST_004&sort=ltv"),
            ["by name"] = ("?q=Ada+L%C3%B6velace&order=desc", "order=desc"),
            ["by email"] = ("q=ada.lovelace%40example.org", ""),
            ["strangely"] = ("%71=%61da%2d7f3c&tag=ST_001", "tag=ST_001"),
            ["in parts"] = ("q=Ada L&övelace", "q=Ada L&övelace"),
            ["of others"] = ("q=ada&owner=Sue&minLtv=7", "q=ada&owner=Sue&minLtv=7"),
        };
        foreach (var (name, (filter, _)) in views) await Save(host, name, new { filter, shared = true });
        await Save(host, "columns", new { filter = "tag=ST_002", columns = new[] { "name", Device, "ltv" } });
        await Save(host, $"peers of {Email.ToUpperInvariant()}", new { filter = "tag=ST_003" });

        var receipt = await (await host.Client.DeleteAsync($"/api/customers/{Ada}")).Json();

        var left = (await host.Get("/api/views")).GetProperty("items").EnumerateArray().ToDictionary(
            view => view.GetProperty("name").GetString()!, view => view);
        Assert.Equal([.. views.Keys, "columns"], left.Keys.Order(StringComparer.Ordinal).OrderBy(
            name => views.Keys.Append("columns").ToList().IndexOf(name)));
        foreach (var (name, (_, filter)) in views) Assert.Equal(filter, left[name].GetProperty("filter").GetString());
        Assert.Equal(["name", "ltv"], left["columns"].GetProperty("columns").EnumerateArray().Select(column => column.GetString()));
        foreach (var text in Personal.Append("Ada+L%C3%B6velace").Append("%61da"))
            Assert.Empty(await Everywhere.Find(host.ConnectionString, text));

        Assert.Equal(1, Assert.Single(Of("removed")).GetProperty("rows").GetInt64());
        var kept = Assert.Single(Of("kept"));
        Assert.Equal(5, kept.GetProperty("rows").GetInt64());
        Assert.Contains("filter", kept.GetProperty("why").GetString());

        List<JsonElement> Of(string part) => [.. receipt.GetProperty(part).EnumerateArray().Where(
            one => one.GetProperty("store").GetString() == "saved_views")];
    }

    [Fact]
    public async Task A_number_that_is_somebodys_id_stays_where_it_is_an_amount_or_part_of_another()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Track("2026", "Logged In", Begin));
        await Save(host, "own", new { filter = "minLtv=2026&q=2026&enrolledFrom=2026-01-05&tag=ST_001" });
        await Save(host, "others", new { filter = "q=20261&maxLtv=2026" });

        using var erased = await host.Client.DeleteAsync("/api/customers/2026");

        Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        Assert.Equal(
            "minLtv=2026&enrolledFrom=2026-01-05&tag=ST_001", (await host.Get("/api/views/own")).GetProperty("filter").GetString());
        Assert.Equal("q=20261&maxLtv=2026", (await host.Get("/api/views/others")).GetProperty("filter").GetString());
    }

    private static async Task Save(LStepHost host, string name, object view)
    {
        using var saved = await host.Client.PutAsJsonAsync($"/api/views/{Uri.EscapeDataString(name)}", view);
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
    }
}

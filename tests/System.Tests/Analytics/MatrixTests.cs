using System.Text.Json;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Analytics;

/// <summary>Customers by product and status with the campaign that has priority there, on a clock that is moved.</summary>
public sealed class MatrixTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 20, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Its_cells_are_the_distribution_by_product_and_a_customer_has_the_action_of_its_cell()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(
            Identify("e1", Begin, new { tier = "Enterprise" }), Identify("p1", Begin, new { tier = "Pro" }),
            Identify("p2", Begin, new { tier = "Pro" }), Identify("f1", Begin, new { tier = "Freemium" }), Identify("n1", Begin, new { }));

        var matrix = await host.Get("/api/analytics/matrix");
        Assert.Equal(
            ["PT_001 ST_001 2", "PT_002 ST_001 1", "PT_003 ST_001 1", " ST_001 1"],
            matrix.GetProperty("cells").EnumerateArray().Where(cell => cell.GetProperty("customers").GetInt64() > 0).Select(
                cell => $"{cell.GetProperty("productTag").GetString()} {cell.GetProperty("status").GetString()} "
                    + $"{cell.GetProperty("customers")}"));
        Assert.Equal((5, 24), (matrix.GetProperty("customers").GetInt32(), matrix.GetProperty("cells").GetArrayLength()));
        Assert.Equal("standard_nurturing", (await Action(host, "p1")).GetProperty("campaign").GetString());
        Assert.Equal(JsonValueKind.Null, (await Action(host, "e1")).ValueKind);

        await host.MoveClock(Begin.AddDays(60));
        Assert.Equal(JsonValueKind.Null, (await host.Get($"/api/customers/p1?at={Begin.AddMinutes(1):yyyy-MM-ddTHH:mm:ssZ}"))
            .GetProperty("priorityAction").ValueKind);
        var later = await host.Get("/api/analytics/matrix");
        var byTag = later.GetProperty("cells").EnumerateArray().GroupBy(cell => cell.GetProperty("status").GetString()!)
            .ToDictionary(tag => tag.Key, tag => tag.Sum(cell => cell.GetProperty("customers").GetInt64()));
        var counts = (await host.Get("/api/analytics/distribution")).GetProperty("counts");
        Assert.Equal(counts.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetInt64()), byTag);
    }

    private static async Task<JsonElement> Action(LStepHost host, string id) =>
        (await host.Get($"/api/customers/{id}")).GetProperty("priorityAction");
}

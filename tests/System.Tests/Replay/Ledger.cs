using System.Text.Json;

namespace LStep.System.Tests.Replay;

/// <summary>
/// Every customer's path through the tags, as text that can be compared: when it was applied is left out, when it became due is not.
/// </summary>
public static class Ledger
{
    public static async Task<List<string>> Of(HttpClient admin)
    {
        var rows = new List<string>();
        var after = 0L;
        while (true)
        {
            var page = JsonElement.Parse(await admin.GetStringAsync($"/api/transitions?after={after}&limit=1000"));
            var items = page.GetProperty("items").EnumerateArray().ToList();
            if (items.Count == 0) break;
            after = items[^1].GetProperty("id").GetInt64();
            rows.AddRange(items.Select(row => string.Join(' ',
                new[] { "customerId", "dueAt", "from", "to", "rule", "confidence" }.Select(name => row.GetProperty(name).ToString()))));
        }
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}

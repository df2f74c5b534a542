using System.Net.Http.Json;
using LStep.Workbench.Bench;
using Npgsql;

namespace LStep.Workbench.Populations;

/// <summary>Customers read through the API, compared with what was put into the tables.</summary>
internal sealed class ReadBack(NpgsqlDataSource source, HttpClient http, Report report)
{
    private const int Sample = 50;

    private sealed record Read(string Id, string Tag);

    public async Task Look(int customers, CancellationToken cancel)
    {
        string[] ids = [.. Enumerable.Range(0, Sample).Select(at => Sowing.Id((int)((long)at * customers / Sample))).Distinct()];
        var stored = await Statements.Rows(source, "sown_sample", row => (row.GetString(0), row.GetString(1)), cancel, (object)ids);
        var same = 0;
        foreach (var (id, tag) in stored)
            if (await http.GetFromJsonAsync<Read>($"/api/customers/{id}", cancel) is { } read && read.Id == id && read.Tag == tag)
                same++;
        report.Add("customers that the API reads as they are stored", $"{same} of {ids.Length}");
    }
}

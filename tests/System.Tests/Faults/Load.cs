using LStep.Workbench.Auditing;
using LStep.Workbench.Faults;

namespace LStep.System.Tests.Faults;

/// <summary>The load with known ids and its audit, as tests use them.</summary>
public static class Load
{
    /// <summary>Eight clients.</summary>
    public static KnownLoad Of(Uri[] servers, string writeKey, int customers, int requests) =>
        new(servers, writeKey, new KnownMessages(seed: 1, customers, requests), clients: 8, answerWithin: TimeSpan.FromSeconds(20));

    /// <summary>Everything acknowledged is there once, with all that follows from it, and no valid request was refused.</summary>
    public static async Task Audit(this KnownLoad load, string connectionString)
    {
        Assert.Empty(load.Refusals);
        Assert.Empty(Found(await new Audit(connectionString).Run(load.Acknowledged, Wall.Now)));
    }

    /// <summary>The lines that are not 0.</summary>
    public static IEnumerable<string> Found(IEnumerable<AuditLine> lines) => lines.Where(line => line.Found != 0).Select(line => $"{line}");
}

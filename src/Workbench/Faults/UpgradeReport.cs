namespace LStep.Workbench.Faults;

/// <summary>What an upgrade replaced by what, and what clients saw of each step.</summary>
public static class UpgradeReport
{
    /// <summary>One step: what was done, how long the stop and the start took, and what clients saw until the next step.</summary>
    public sealed record Line(string Step, string Took, ClientsSaw Clients)
    {
        public string Figure =>
            $"{Took}; {Clients.Acknowledged:N0} requests, longest gap {Clients.LongestGap.TotalSeconds:0.00} s, slowest "
                + $"{Clients.Slowest.TotalSeconds:0.00} s; "
                + $"{Clients.Troubles:N0} attempts repeated within {Clients.TroubledFor.TotalSeconds:0.0} s";
    }

    public static IEnumerable<Line> Lines(UpgradeResult result) =>
    [
        new(Tables(result.Migrated), $"{result.Migrated.Took.TotalSeconds:0.0} s", result.Migrated.Clients),
        .. result.Replaced.Select(one => new Line(
            $"silo {one.Silo + 1}: {one.From} replaced by {one.To}",
            $"stop {one.Stop.TotalSeconds:0.0} s, start {one.Start.TotalSeconds:0.0} s", one.Clients)),
    ];

    public static IEnumerable<(string What, string Figure)> Figures(UpgradeResult result) =>
    [
        ("longest gap between acknowledgements (s)", $"{Lines(result).Max(line => line.Clients.LongestGap).TotalSeconds:0.00}"),
        ("slowest request, from its first attempt on (s)", $"{Lines(result).Max(line => line.Clients.Slowest).TotalSeconds:0.00}"),
        ("everybody answered through the silo replaced, then through the others: worst (s)",
            $"{result.Replaced.Max(one => one.AllAnswered).TotalSeconds:0.0}"),
        ("silos that failed to start and were started again", $"{result.Ends.Count(end => end.Kind is EndKind.AtStart)}"),
    ];

    private static string Tables(Migrated migrated) => migrated.Applied switch
    {
        [] => $"tables: at {migrated.Before}, nothing to apply",
        [var one] => $"tables: at {migrated.Before}, {one} applied",
        var several => $"tables: at {migrated.Before}, {several.Length} migrations applied up to {several[^1]}",
    };
}

namespace LStep.Deployment.Tests;

/// <summary>
/// The commands that docs/operations.md tells an operator to type, typed: a few activities, and every audit they end with.
/// </summary>
public sealed class DrillTests
{
    [NeedsForEach("curl", "setpriv")]
    [InlineData("backup", "from nothing to serving")]
    [InlineData("point-in-time", "from the accident to serving")]
    [InlineData("rollback", "by version and database")]
    public async Task A_drill_ends_with_everything_back_and_no_difference(string drill, string timed)
    {
        var variables = new Dictionary<string, string>
        {
            ["DRILL_SILO"] = Path.Combine(AppContext.BaseDirectory, "lstep-silo.dll"), ["DRILL_ACTIVITIES"] = "2000",
            ["DRILL_CUSTOMERS"] = "200",
        };
        var (code, output) = await Programs.RunIn(Repository.Root, variables, Repository.Path("deploy/drills.sh"), drill);
        Assert.True(code == 0, output);
        Assert.Contains(timed, output, StringComparison.Ordinal);
        Assert.Contains(" 0 differences", output, StringComparison.Ordinal);
        Assert.EndsWith("The drill is done.\n", output, StringComparison.Ordinal);
    }
}

using System.Reflection;
using LStep.Silo.Clock;
using LStep.Workbench.Processes;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Reminders;
using Orleans.Runtime;

namespace LStep.System.Tests.Cluster;

/// <summary>Grains live by the product's clock; Orleans' timeouts and probes by one that goes evenly whatever happens to that.</summary>
public sealed class AreaClockTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_simulated_clock_moved_by_a_year_times_out_no_call_and_ends_no_silo()
    {
        await using var host = await LStepHost.Start(Begin);
        await GoesOn(host, () => host.Services.GetRequiredService<SimulatedTimeProvider>().MoveTo(Begin.AddYears(1)));
        Assert.Equal(Begin.AddYears(1), host.Now);
    }

    [Fact]
    public async Task A_wall_clock_set_forward_by_a_year_times_out_no_call_and_ends_no_silo()
    {
        var folder = Directory.CreateTempSubdirectory("lstep-skew-").FullName;
        var path = Path.Combine(folder, "clock");
        using var clock = new SkewedClock(Wall.Clock, path);
        await using (var host = await LStepHost.Start(with: options => options with { WallClock = clock }))
        {
            await GoesOn(host, () => clock.Ahead = TimeSpan.FromDays(365));
            Assert.InRange(host.Now - Wall.Now, TimeSpan.FromDays(364.9), TimeSpan.FromDays(365.1));
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>What Orleans asks for a clock by.</summary>
    private static IEnumerable<string> Areas =>
        typeof(TimeProviderNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(area => (string)area.GetValue(null)!)
            .Append(ReminderTimeProviderNames.Reminders);

    private static TimeProvider Clock(LStepHost host, string area) => host.Services.GetRequiredKeyedService<TimeProvider>(area);

    /// <summary>With a call under way and a grain in memory.</summary>
    private static async Task GoesOn(LStepHost host, Action moveByAYear)
    {
        await host.Record("ada", "m0");
        await using var held = await HeldTable.Hold(host.ConnectionString, "customer_states");
        var underWay = host.Record("ada", "m1");
        await held.UntilSomebodyWaits();

        moveByAYear();

        Assert.Contains(TimeProviderNames.Membership, Areas);
        foreach (var area in Areas.Except([TimeProviderNames.Grains]))
            Assert.InRange(Clock(host, area).GetUtcNow(), Wall.Now.AddMinutes(-1), Wall.Now.AddMinutes(1));
        Assert.Same(host.Services.GetRequiredService<TimeProvider>(), Clock(host, TimeProviderNames.Grains));

        await held.LetGo();
        Assert.Equal(RecordOutcome.Accepted, Assert.Single((await underWay).Items).Outcome);
        var silos = await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetHosts();
        Assert.Equal([SiloStatus.Active], silos.Values);
        // The grain itself has the year behind it.
        await host.Customer("ada").Evaluate(null);
        Assert.NotEqual(StatusTag.Active, (await host.Customer("ada").View())!.Tag);
    }
}

namespace LStep.Conformance;

public sealed class StopBudgetTests
{
    [Fact]
    public async Task Stopping_gives_up_on_a_stuck_grain_when_its_budget_is_spent()
    {
        var host = await EngineHost.Start(new() { ResponseTimeout = TimeSpan.FromHours(1), ShutdownTimeout = TimeSpan.FromSeconds(7) });
        var held = host.Grains.GetGrain<IProbeGrain>("stuck").Hold("gate");
        await host.Witness.Heard("holding gate");

        var stopping = host.DisposeAsync();
        await host.Time.TimerDueIn(TimeSpan.FromSeconds(7));
        Assert.False(stopping.IsCompleted);
        host.Time.Advance(TimeSpan.FromSeconds(7));

        await stopping;
        host.Witness.Open("gate");
        await held;
    }
}

namespace LStep.Conformance;

public sealed class ReminderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_reminder_comes_when_due_and_then_each_period()
    {
        await using var host = await EngineHost.Start();
        await host.Grains.GetGrain<IReminderGrain>(1).Remind("daily", 10 * Minute, 5 * Minute);

        await Pass(host, 10 * Minute, "1: daily every 00:05 at +00:00");
        await Pass(host, 5 * Minute, "1: daily every 00:05 at +00:05");
        await Pass(host, 5 * Minute, "1: daily every 00:05 at +00:10");
    }

    [Fact]
    public async Task A_reminder_wakes_a_grain_that_was_deactivated()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IReminderGrain>(1);
        await grain.Remind("daily", 10 * Minute, 5 * Minute);
        await grain.Leave();
        await host.Witness.Heard("1 is gone");

        await Pass(host, 10 * Minute, "1: daily every 00:05 at +00:00");
    }

    [Fact]
    public async Task A_reminder_outlives_the_process_and_misses_what_fell_into_its_absence()
    {
        var host = await EngineHost.Start();
        await host.Grains.GetGrain<IReminderGrain>(1).Remind("daily", 10 * Minute, 5 * Minute);
        await host.DisposeAsync();
        host.Time.Advance(22 * Minute);

        await using var next = await host.Restart();

        await Pass(next, 3 * Minute, "1: daily every 00:05 at +00:15");
        Assert.Single(next.Witness.Log, said => said.Contains("daily", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reminder_registered_again_keeps_to_its_new_times_only()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IReminderGrain>(1);
        await grain.Remind("daily", 10 * Minute, 5 * Minute);
        await grain.Remind("daily", 20 * Minute, 30 * Minute);

        await Pass(host, 20 * Minute, "1: daily every 00:30 at +00:00");

        Assert.Single(host.Witness.Log, said => said.Contains("daily", StringComparison.Ordinal));
        Assert.Equal(["daily"], await grain.Names());
    }

    [Fact]
    public async Task An_unregistered_reminder_comes_no_more_also_after_a_restart()
    {
        var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IReminderGrain>(1);
        await grain.Remind("forgotten", 5 * Minute, 5 * Minute);
        await grain.Remind("kept", 10 * Minute, 60 * Minute);
        await grain.Forget("forgotten");
        await Pass(host, 10 * Minute, "1: kept every 01:00 at +00:00");

        host.Time.Advance(Minute);
        await using var next = await host.Restart();
        await Pass(next, 59 * Minute, "1: kept every 01:00 at +01:00");

        Assert.DoesNotContain(host.Witness.Log.Concat(next.Witness.Log), said => said.Contains("forgotten", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_grain_finds_its_own_reminders_and_no_others()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IReminderGrain>(1);
        await grain.Remind("b", 10 * Minute, 5 * Minute);
        await grain.Remind("a", 10 * Minute, 5 * Minute);
        await host.Grains.GetGrain<IReminderGrain>(2).Remind("c", 10 * Minute, 5 * Minute);

        Assert.Equal(["a", "b"], await grain.Names());
        Assert.True(await grain.Has("a"));
        Assert.False(await grain.Has("c"));
    }

    [Fact]
    public async Task A_reminder_cannot_be_unregistered_by_the_handle_of_a_former_one()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IReminderGrain>(1);

        await Assert.ThrowsAsync<ReminderException>(() => grain.ForgetByOldHandle("daily"));

        Assert.True(await grain.Has("daily"));
    }

    [Fact]
    public async Task A_reminder_that_fails_comes_again()
    {
        await using var host = await EngineHost.Start();
        await host.Grains.GetGrain<IReminderGrain>(1).Remind("faulty", 10 * Minute, 5 * Minute);

        await Pass(host, 10 * Minute, "1: faulty every 00:05 at +00:00");
        await Pass(host, 5 * Minute, "1: faulty every 00:05 at +00:05");
    }

    [Fact]
    public async Task A_period_under_a_minute_is_refused()
    {
        await using var host = await EngineHost.Start();

        await Assert.ThrowsAsync<ArgumentException>(() => host.Grains.GetGrain<IReminderGrain>(1).Remind("hasty", Minute, TimeSpan.FromSeconds(59)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public async Task A_reminder_without_a_name_is_refused(string? name)
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IReminderGrain>(1);

        await Assert.ThrowsAsync<ArgumentNullException>(() => grain.Remind(name!, Minute, Minute));
        await Assert.ThrowsAsync<ArgumentNullException>(() => grain.Has(name!));
    }

    [Fact]
    public async Task A_grain_that_is_not_remindable_is_refused()
    {
        await using var host = await EngineHost.Start();

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Grains.GetGrain<IUnremindableGrain>(1).Remind());
    }

    private static async Task Pass(EngineHost host, TimeSpan time, string reminder)
    {
        await host.Time.TimerDueIn(time);
        host.Time.Advance(time);
        await host.Witness.Heard(reminder);
    }
}

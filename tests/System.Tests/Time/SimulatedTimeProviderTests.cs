using LStep.Silo.Clock;

namespace LStep.System.Tests.Time;

public sealed class SimulatedTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);
    private readonly SimulatedTimeProvider clock = new(Start);

    [Fact]
    public void It_stands_still_until_it_is_moved_and_never_goes_back()
    {
        Assert.Equal(Start, clock.GetUtcNow());
        clock.MoveTo(Start.AddHours(1));
        clock.MoveTo(Start);
        Assert.Equal(Start.AddHours(1), clock.GetUtcNow());
    }

    [Fact]
    public async Task A_delay_ends_when_the_clock_reaches_it_and_not_before()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(10), clock);
        clock.MoveTo(Start.AddMinutes(10).AddMilliseconds(-1));
        Assert.False(delay.IsCompleted);
        clock.MoveTo(Start.AddMinutes(10));
        await delay.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_periodic_timer_passed_many_times_in_one_move_fires_once()
    {
        var fired = new SemaphoreSlim(0);
        using var timer = clock.CreateTimer(_ => fired.Release(), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

        clock.MoveTo(Start.AddDays(1));
        Assert.True(await fired.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(0, fired.CurrentCount);

        clock.MoveTo(Start.AddDays(1).AddMinutes(1));
        Assert.True(await fired.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(0, fired.CurrentCount);
    }

    [Fact]
    public async Task A_timer_that_was_disposed_or_stopped_stays_silent()
    {
        var fired = new SemaphoreSlim(0);
        var disposed = clock.CreateTimer(_ => fired.Release(), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        using var stopped = clock.CreateTimer(_ => fired.Release(), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        using var last = clock.CreateTimer(_ => fired.Release(10), null, TimeSpan.FromMinutes(2), Timeout.InfiniteTimeSpan);
        disposed.Dispose();
        stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        clock.MoveTo(Start.AddHours(1));

        Assert.True(await fired.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(9, fired.CurrentCount);
    }
}

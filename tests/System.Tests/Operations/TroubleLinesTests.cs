using LStep.Grains;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace LStep.System.Tests.Operations;

public sealed class TroubleLinesTests : ILogger
{
    private readonly List<string> lines = [];
    private long now = 1;

    [Fact]
    public void An_outage_of_an_hour_is_a_line_a_minute_and_one_at_its_end()
    {
        var troubles = new TroubleLines(() => now);
        for (var second = 0; second < 3_600; second++, now += 1_000)
            foreach (var _ in Enumerable.Range(0, 64)) troubles.Failed(this, "Work fails", new StorageUnavailableException("away"));
        now += TroubleLines.CalmMs;
        foreach (var _ in Enumerable.Range(0, 64)) troubles.Went(this, "Work fails");

        Assert.Equal(61, lines.Count);
        Assert.Equal("Work fails: away", lines[0]);
        Assert.Equal("Work fails: away (3839 more times since it was last told)", lines[1]);
        Assert.Equal("It goes again after: Work fails", lines[^1]);
    }

    [Fact]
    public void Work_that_goes_and_fails_in_turn_is_told_no_more_often()
    {
        var troubles = new TroubleLines(() => now);
        for (var second = 0; second < 60; second++, now += 1_000)
        {
            troubles.Failed(this, "Work fails", new StorageUnavailableException("away"));
            troubles.Went(this, "Work fails");
        }

        Assert.Single(lines);
    }

    [Fact]
    public void A_new_outage_is_told_at_once_and_each_kind_of_work_for_itself()
    {
        var troubles = new TroubleLines(() => now);
        troubles.Failed(this, "One fails", new StorageUnavailableException("away"));
        troubles.Failed(this, "Other fails", new StorageUnavailableException("away"));
        now += TroubleLines.CalmMs;
        troubles.Went(this, "One fails");
        troubles.Failed(this, "One fails", new StorageUnavailableException("away again"));

        Assert.Equal(
            ["One fails: away", "Other fails: away", "It goes again after: One fails", "One fails: away again"], lines);
    }

    [Fact]
    public void Only_a_fault_of_ours_comes_with_its_stack()
    {
        var troubles = new TroubleLines(() => now);
        troubles.Failed(this, "One fails", new TooSlowException("slow"));
        troubles.Failed(this, "Other fails", new InvalidOperationException("ours"));

        Assert.Equal(["One fails: slow", "Other fails: ours with its stack"], lines);
    }

    [Fact]
    public void What_names_the_customer_that_a_message_went_to_is_told_by_its_kind()
    {
        var troubles = new TroubleLines(() => now);
        troubles.Failed(this, "One fails", new TimeoutException("Response did not arrive for Request [customer/anna@example.org]"));
        troubles.Failed(this, "Other fails", new OrleansException("Forwarding failed: [customer/anna@example.org]"));

        Assert.Equal(["One fails: TimeoutException", "Other fails: OrleansException"], lines);
    }

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Add(formatter(state, exception) + (exception is null ? "" : " with its stack"));

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;
}

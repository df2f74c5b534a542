using LStep.Domain;
using LStep.Grains;
using LStep.Grains.Database;
using LStep.Grains.Operations;

namespace LStep.Silo.Export;

/// <summary>
/// Asks the database for what no process knows by itself, now and then and in the background: exporting must not wait for it.
/// </summary>
internal sealed class LagSampler : IDisposable
{
    private const int SampleSeconds = 10;

    /// <summary>Older figures are not told: a lag that stands still because the database is away would look like none.</summary>
    private const int AgeSecondsMax = 60;

    private readonly PostgresDatabase database;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource ended = new();
    private Figures? latest;

    public LagSampler(PostgresDatabase database, TimeProvider clock)
    {
        (this.database, this.clock) = (database, clock);
        _ = Run();
    }

    /// <param name="Due">Seconds.</param>
    /// <param name="Daily">Seconds.</param>
    /// <param name="Actions">Seconds.</param>
    public sealed record Figures(double Due, double Daily, double Actions, long OpenReviews, long AtTick);

    /// <summary>As of the last time the database answered; null when that is too long ago.</summary>
    public Figures? Latest =>
        Volatile.Read(ref latest) is { } known && Environment.TickCount64 - known.AtTick <= AgeSecondsMax * 1_000L ? known : null;

    public void Dispose() => ended.Cancel();

    private async Task Run()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(SampleSeconds));
        do await Sample().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (await timer.WaitForNextTickAsync(ended.Token));
    }

    private async Task Sample()
    {
        var lags = await Lags.Read(database, ended.Token);
        var now = clock.Now();
        Volatile.Write(ref latest, new Figures(
            Since(lags.EarliestCheck), Since(lags.EarliestWithoutDailyRow), Since(lags.EarliestAction), lags.OpenReviews,
            Environment.TickCount64));

        double Since(DateTimeOffset? instant) => instant is { } at && at < now ? (now - at).TotalSeconds : 0;
    }
}

namespace LStep.Testing;

public static class Signals
{
    /// <summary>Looks until something another process does has happened; fails after two minutes.</summary>
    public static async Task Until(Func<bool> happened)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!happened()) await timer.WaitForNextTickAsync(patience.Token);
    }

    /// <summary>As <see cref="Until"/>, for what has to be asked for.</summary>
    public static async Task UntilAsync(Func<Task<bool>> happened)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await happened()) await timer.WaitForNextTickAsync(patience.Token);
    }
}

using System.Runtime.InteropServices;

namespace LStep.Silo;

/// <summary>
/// Ctrl-C and SIGTERM. The first asks to stop cleanly, within a budget; the second ends the process at once. Both are safe: what was
/// acknowledged is in the database already.
/// </summary>
public sealed class StopSignals : IDisposable
{
    private const int ExitAfterBudget = 1;
    private const int ExitAfterSecondSignal = 130;
    private const int SameWishMs = 1_000;

    private readonly CancellationTokenSource asked = new();
    private readonly PosixSignalRegistration[] signals;
    private long first;

    public StopSignals() =>
        signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT }.Select(
            signal => PosixSignalRegistration.Create(signal, OnSignal))];

    public CancellationToken Token => asked.Token;

    public void Dispose()
    {
        foreach (var signal in signals) signal.Dispose();
        asked.Dispose();
    }

    /// <summary>
    /// Ctrl-C reaches every process of a terminal, and a supervisor passes on its own a moment later: that is one wish and not two.
    /// </summary>
    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (Interlocked.CompareExchange(ref first, Environment.TickCount64, 0) is not 0 and var at)
        {
            if (Environment.TickCount64 - at > SameWishMs) Environment.Exit(ExitAfterSecondSignal);
            return;
        }
        _ = asked.CancelAsync();
        _ = EndAfterBudget();
    }

    private static async Task EndAfterBudget()
    {
        await Task.Delay(TimeSpan.FromSeconds(StopLimits.BudgetSeconds)).ConfigureAwait(false);
        await Console.Error.WriteLineAsync($"Stopping took more than {StopLimits.BudgetSeconds} s; ended without waiting for the rest.")
            .ConfigureAwait(false);
        Environment.Exit(ExitAfterBudget);
    }
}

using LStep.Domain.Campaigning;
using Polly;
using Polly.CircuitBreaker;

namespace LStep.Grains.Campaigns.Channels;

/// <summary>Whether a channel is tried at all.</summary>
public enum CircuitPhase { Closed, HalfOpen, Open }

/// <summary>
/// Stops asking a receiver that does not answer, and asks it once in a while whether it does again. Each channel has its own, so that a
/// broken one costs the others nothing.
/// </summary>
public sealed class ChannelCircuit
{
    /// <summary>So many tries within <see cref="Window"/> have to be known before a channel counts as broken.</summary>
    public const int TriesMin = 3;

    /// <summary>This share of them failed.</summary>
    public const double FailedShareMax = 0.3;

    public static TimeSpan Window { get; } = TimeSpan.FromSeconds(30);
    public static TimeSpan BreakFirst { get; } = TimeSpan.FromSeconds(15);
    public static TimeSpan BreakMax { get; } = TimeSpan.FromMinutes(1);

    private readonly CircuitBreakerStateProvider state = new();
    private readonly TimeProvider clock;
    private readonly ResiliencePipeline<SendOutcome> pipeline;
    private long openUntilTicks;

    /// <param name="clock">Real time, also where the product lives on a simulated clock.</param>
    public ChannelCircuit(IChannelTransport transport, TimeProvider clock)
    {
        (Transport, this.clock) = (transport, clock);
        pipeline = new ResiliencePipelineBuilder<SendOutcome> { TimeProvider = clock }.AddCircuitBreaker(Strategy()).Build();
    }

    public IChannelTransport Transport { get; }

    /// <summary>Why it opened last; null while it is closed.</summary>
    public string? Reason { get; private set; }

    public CircuitPhase Phase => state.CircuitState switch
    {
        CircuitState.Closed => CircuitPhase.Closed,
        CircuitState.HalfOpen => CircuitPhase.HalfOpen,
        // It says so until somebody asks after the break.
        _ => Left > TimeSpan.Zero ? CircuitPhase.Open : CircuitPhase.HalfOpen,
    };

    /// <summary>How long nothing is tried; null when a message may be tried now.</summary>
    public TimeSpan? OpenFor => state.CircuitState is not (CircuitState.Closed or CircuitState.HalfOpen) && Left is { Ticks: > 0 } left
        ? left : null;

    private TimeSpan Left => TimeSpan.FromTicks(Volatile.Read(ref openUntilTicks) - clock.GetUtcNow().UtcTicks);

    /// <summary>Null when the circuit is open: nothing was tried, and it counts as no try.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, and nobody knows what became of it.</exception>
    public async Task<SendOutcome?> Send(OutgoingMessage message, CancellationToken cancel)
    {
        try
        {
            return await pipeline.ExecuteAsync(
                static async (of, token) => await of.Transport.Send(of.Message, token), (Transport, Message: message), cancel);
        }
        catch (BrokenCircuitException)
        {
            return null;
        }
    }

    /// <summary>A refusal, and a wait for one message alone, show that the receiver is there.</summary>
    private static bool IsTrouble(SendOutcome? outcome) =>
        outcome is SendOutcome.Unknown { OfMessageOnly: false } or SendOutcome.NotNow { OfMessageOnly: false };

    private CircuitBreakerStrategyOptions<SendOutcome> Strategy() => new()
    {
        FailureRatio = FailedShareMax,
        MinimumThroughput = TriesMin,
        SamplingDuration = Window,
        BreakDurationGenerator = broken => ValueTask.FromResult(BreakAfter(broken.HalfOpenAttempts)),
        ShouldHandle = tried => ValueTask.FromResult(IsTrouble(tried.Outcome.Result)),
        StateProvider = state,
        OnOpened = opened =>
        {
            Volatile.Write(ref openUntilTicks, (clock.GetUtcNow() + opened.BreakDuration).UtcTicks);
            Reason = ReasonOf(opened.Outcome.Result);
            return ValueTask.CompletedTask;
        },
        OnClosed = _ =>
        {
            Reason = null;
            return ValueTask.CompletedTask;
        },
    };

    private static TimeSpan BreakAfter(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(BreakFirst.TotalSeconds * Math.Pow(2, Math.Min(attempts, 10)), BreakMax.TotalSeconds));

    private static string? ReasonOf(SendOutcome? outcome) => outcome switch
    {
        SendOutcome.NotNow later => later.Reason,
        SendOutcome.Unknown unknown => unknown.Reason,
        _ => null,
    };
}

using LStep.Testing;

namespace LStep.Conformance;

public sealed class EngineSettings
{
    /// <summary>A timeout that passes by itself where its clock is the machine's. Long enough for a busy machine to have begun what shall time out.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(4);

    public ManualTime Time { get; init; } = EngineHost.NewClock();
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(30);
    public TimeSpan CollectionAge { get; init; } = TimeSpan.FromMinutes(15);
    public TimeSpan ActivationTimeout { get; init; } = TimeSpan.FromSeconds(30);
    public TimeSpan DeactivationTimeout { get; init; } = TimeSpan.FromSeconds(30);
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);
    public int MaxEnqueuedRequests { get; init; } = 10_000;
    public int MaxActivations { get; init; } = 10_000;

    /// <summary>The engine's own stores; made by its host and kept over a restart.</summary>
    public object? Reminders { get; set; }

    public object? States { get; set; }
}

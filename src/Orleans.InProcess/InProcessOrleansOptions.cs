using System.Reflection;

namespace Orleans.InProcess;

/// <summary>Names and defaults are those of Microsoft Orleans' options where it has them.</summary>
public sealed class InProcessOrleansOptions
{
    /// <summary>Where the grain classes are; their interfaces may be anywhere.</summary>
    public IList<Assembly> GrainAssemblies { get; } = [];

    /// <summary>How long a caller waits before a TimeoutException.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Calls that may run and wait at one activation; one more fails with a LimitExceededException. There is always a bound: 0 does not lift it as in Orleans.</summary>
    public int MaxEnqueuedRequestsHardLimit { get; set; } = 10_000;

    /// <summary>Past this many activations the least recently used idle ones go.</summary>
    public int MaxActivations { get; set; } = 100_000;

    /// <summary>How long an activation may be idle.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>CollectionAge by the full name of a grain class.</summary>
    public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; } = [];

    /// <summary>How often idle activations are looked for.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After it the token of OnActivateAsync is cancelled and the activation has failed.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>After it the token of OnDeactivateAsync is cancelled and its end no longer waited for.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long stopping waits for activations to end.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The clock of timeouts and idleness; null for the TimeProvider among the services, which timers and reminders always
    /// follow. A process on a simulated clock gives the wall clock here: days pass there while a call is under way.
    /// </summary>
    public TimeProvider? RuntimeClock { get; set; }
}

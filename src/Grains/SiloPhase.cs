namespace LStep.Grains;

/// <summary>Where a process stands between its start and its end.</summary>
public enum Phase
{
    /// <summary>Not yet to be sent anything.</summary>
    Starting,
    Serving,

    /// <summary>Serves on, but says that it is not ready, so that a load balancer sends the next requests elsewhere.</summary>
    Draining,

    /// <summary>Ends what is under way and takes nothing new.</summary>
    Stopping,
}

/// <summary>The phase of this process: it only ever moves on.</summary>
public sealed class SiloPhase
{
    private int current;

    public Phase Current => (Phase)Volatile.Read(ref current);

    public bool IsDraining => Current >= Phase.Draining;

    public void Reach(Phase phase)
    {
        if (phase > Current) Volatile.Write(ref current, (int)phase);
    }
}

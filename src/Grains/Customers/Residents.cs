using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;

namespace LStep.Grains.Customers;

/// <summary>
/// Bounds the number of customers in this process's memory, whatever else is in it. Who was not called since it was last looked at leaves
/// first; the look goes round in the order of arrival, so that a call costs no more than a mark.
/// </summary>
public sealed class Residents(int max)
{
    /// <summary>For one arrival; where all are in use the next arrivals look on.</summary>
    private const int LooksPerArrivalMax = 64;

    /// <summary>Those who left by themselves stay in the round until it comes to them.</summary>
    private const int GoneMax = 10_000;

    private static readonly DeactivationReason Full =
        new(DeactivationReasonCode.HighMemoryPressure, "Others are used more recently, and this process holds as many as it may.");

    private readonly ConcurrentQueue<Resident> round = new();
    private int staying;
    private int inRound;

    /// <summary>Without those that have been asked to leave.</summary>
    public int Count => Volatile.Read(ref staying);

    internal Resident Came(IGrainContext context)
    {
        var came = new Resident(context);
        Interlocked.Increment(ref staying);
        Append(came);
        for (var looks = 0; looks < LooksPerArrivalMax && (Count > max || inRound > Count + GoneMax); looks++) LookAtNext();
        return came;
    }

    /// <param name="resident">Null when it never came.</param>
    internal void Left(Resident? resident)
    {
        if (resident is not null && resident.TryLeave()) Interlocked.Decrement(ref staying);
    }

    private void LookAtNext()
    {
        if (!round.TryDequeue(out var next)) return;
        Interlocked.Decrement(ref inRound);
        if (next.HasLeft) return;
        if (next.WasUsed() || Count <= max)
        {
            Append(next);
            return;
        }
        if (!next.TryLeave()) return;
        Interlocked.Decrement(ref staying);
        next.Context.Deactivate(Full, CancellationToken.None);
    }

    private void Append(Resident resident)
    {
        round.Enqueue(resident);
        Interlocked.Increment(ref inRound);
    }
}

/// <summary>One customer in memory.</summary>
internal sealed class Resident(IGrainContext context)
{
    private int used = 1;
    private int left;

    public IGrainContext Context { get; } = context;

    public bool HasLeft => Volatile.Read(ref left) != 0;

    public void Use() => Volatile.Write(ref used, 1);

    /// <summary>Since the last time this was asked.</summary>
    public bool WasUsed() => Interlocked.Exchange(ref used, 0) != 0;

    public bool TryLeave() => Interlocked.Exchange(ref left, 1) == 0;
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orleans;
using Orleans.Runtime;

namespace LStep.Grains.Customers;

/// <summary>
/// The customers in this process's memory, whatever else is in it: their number is bounded, and they are called without a message. Who was
/// not called since it was last looked at leaves first; the look goes round in the order of arrival, so that a call costs no more than a
/// mark.
/// </summary>
/// <param name="callsMax">Calls without a message that wait at one customer.</param>
public sealed class Residents(int max, int callsMax = GrainLimits.CallsWaitingMax)
{
    /// <summary>For one arrival; where all are in use the next arrivals look on.</summary>
    private const int LooksPerArrivalMax = 64;

    /// <summary>Those who left by themselves stay in the round until it comes to them.</summary>
    private const int GoneMax = 10_000;

    private static readonly DeactivationReason Full =
        new(DeactivationReasonCode.HighMemoryPressure, "Others are used more recently, and this process holds as many as it may.");

    private readonly ConcurrentDictionary<string, Resident> here = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Resident> round = new();
    private int staying;
    private int inRound;

    /// <summary>Without those that have been asked to leave.</summary>
    public int Count => Volatile.Read(ref staying);

    /// <summary>Null when the customer is not in this process's memory, or about to leave it.</summary>
    /// <exception cref="OverloadedException">Too many calls wait for it: nothing was recorded.</exception>
    internal Task<Receipt>? Record(string customerId, ImmutableArray<Activity> activities) =>
        here.GetValueOrDefault(customerId)?.Record(activities, callsMax);

    internal Resident Came(string customerId, IGrainContext context)
    {
        var came = new Resident(customerId, context);
        Interlocked.Increment(ref staying);
        here[customerId] = came;
        Append(came);
        for (var looks = 0; looks < LooksPerArrivalMax && (Count > max || inRound > Count + GoneMax); looks++) LookAtNext();
        return came;
    }

    /// <param name="resident">Null when it never came.</param>
    internal void Left(Resident? resident)
    {
        if (resident is not null) TryLeave(resident);
    }

    private bool TryLeave(Resident resident)
    {
        if (!resident.TryLeave()) return false;
        Interlocked.Decrement(ref staying);
        here.TryRemove(new KeyValuePair<string, Resident>(resident.CustomerId, resident)); // not one that came after it
        return true;
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
        if (TryLeave(next)) next.Context.Deactivate(Full, CancellationToken.None);
    }

    private void Append(Resident resident)
    {
        round.Enqueue(resident);
        Interlocked.Increment(ref inRound);
    }
}

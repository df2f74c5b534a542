using System.Net;
using System.Net.Sockets;
using LStep.Grains;
using Microsoft.Extensions.Logging;

namespace LStep.Api.Auth;

/// <summary>
/// Slows whoever tries to guess: an address has a few failed sign-ins at once and then one in a few seconds. Tries are counted before
/// they are looked at, so that many at once gain nothing; one that succeeds is given back.
/// </summary>
public sealed class SignInGuard(TimeProvider clock, ILogger<SignInGuard> log)
{
    public const int FailuresAtOnceMax = 20;
    public const int SecondsPerFurtherTry = 3;
    public const int AddressesMax = 10_000;

    private readonly Dictionary<IPAddress, Tries> addresses = [];
    private readonly RareLines lines = new(clock);

    /// <summary>Seconds to wait, at least 1; null when the try may be looked at.</summary>
    public int? Enter(IPAddress? from)
    {
        lock (addresses)
        {
            var now = clock.GetTimestamp();
            var name = Whose(from);
            if (!addresses.TryGetValue(name, out var tries))
            {
                if (addresses.Count >= AddressesMax) MakeRoom(now);
                addresses[name] = tries = new Tries(now);
            }
            tries.Recover(clock, now);
            if (tries.Left < 1) return (int)Math.Max(1, Math.Ceiling((1 - tries.Left) * SecondsPerFurtherTry));
            tries.Left--;
            return null;
        }
    }

    public void Succeeded(IPAddress? from)
    {
        lock (addresses)
            if (addresses.TryGetValue(Whose(from), out var tries)) tries.Left = Math.Min(FailuresAtOnceMax, tries.Left + 1);
    }

    /// <summary>One line an address and minute; never what was tried.</summary>
    public void Failed(IPAddress? from)
    {
        var address = Whose(from);
        if (lines.Next(address.ToString()) is { } unsaid)
            log.LogWarning(
                "A sign-in from {Address} failed{More}", address, unsaid == 0 ? "" : $", after {unsaid} more that were not logged");
    }

    /// <summary>Whoever has one IPv6 address has the 2^64 beside it.</summary>
    private static IPAddress Whose(IPAddress? from)
    {
        if (from is null) return IPAddress.None;
        if (from.IsIPv4MappedToIPv6) return from.MapToIPv4();
        if (from.AddressFamily != AddressFamily.InterNetworkV6) return from;
        var bytes = from.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    /// <summary>Forgets those that have recovered; where an attacker has more addresses than that, everybody begins anew.</summary>
    private void MakeRoom(long now)
    {
        foreach (var (address, tries) in addresses)
        {
            tries.Recover(clock, now);
            if (tries.Left >= FailuresAtOnceMax) addresses.Remove(address);
        }
        if (addresses.Count >= AddressesMax) addresses.Clear();
    }

    private sealed class Tries(long at)
    {
        private long at = at;

        public double Left { get; set; } = FailuresAtOnceMax;

        public void Recover(TimeProvider clock, long now)
        {
            Left = Math.Min(FailuresAtOnceMax, Left + (clock.GetElapsedTime(at, now).TotalSeconds / SecondsPerFurtherTry));
            at = now;
        }
    }
}

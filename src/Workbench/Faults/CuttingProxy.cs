using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using LStep.Workbench.Demo;

namespace LStep.Workbench.Faults;

/// <summary>
/// Stands between two that talk over TCP. While it cuts, a part of the answers gets through only in half, and both sides
/// lose the connection: what was asked may have been done, and nobody was told.
/// </summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private const double CutsPerAnswer = 0.2;

    private readonly Socket listener = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource closed = new();
    private readonly ConcurrentDictionary<int, Task> pairs = new();
    private readonly EndPoint target;
    private readonly Chance chance;
    private readonly Task accepting;
    private volatile bool cutting;
    private int cuts;

    private CuttingProxy(EndPoint target, ulong seed)
    {
        (this.target, chance) = (target, new Chance(seed));
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        accepting = Accept();
    }

    public static CuttingProxy To(EndPoint target, ulong seed) => new(target, seed);

    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    /// <summary>Connections cut so far.</summary>
    public int Cuts => Volatile.Read(ref cuts);

    public bool IsCutting
    {
        get => cutting;
        set => cutting = value;
    }

    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(pairs.Values);
        closed.Dispose();
    }

    private async Task Accept()
    {
        for (var number = 0; ; number++)
            try
            {
                var caller = await listener.AcceptAsync(closed.Token);
                var key = number;
                pairs[key] = Pair(caller);
                _ = pairs[key].ContinueWith(_ => pairs.TryRemove(key, out Task? _), TaskScheduler.Default);
            }
            catch (Exception e) when (IsOver(e))
            {
                if (closed.IsCancellationRequested) return;
            }
    }

    private async Task Pair(Socket caller)
    {
        using var answering = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (caller)
        {
            caller.NoDelay = true;
            try
            {
                await answering.ConnectAsync(target, closed.Token);
                using var over = CancellationTokenSource.CreateLinkedTokenSource(closed.Token);
                var ways = new[] { Carry(caller, answering, mayCut: false, over.Token), Carry(
                    answering, caller, mayCut: true, over.Token) };
                await Task.WhenAny(ways);
                await over.CancelAsync();
                // A reset, not an end: nobody can take it for a clean close.
                if ((await Task.WhenAll(ways)).Any(wasCut => wasCut))
                    caller.LingerState = answering.LingerState = new LingerOption(true, 0);
            }
            catch (Exception e) when (IsOver(e))
            {
                // Nobody answers there, or one of the two is gone.
            }
        }
    }

    /// <summary>True when it was cut.</summary>
    private async Task<bool> Carry(Socket from, Socket to, bool mayCut, CancellationToken cancel)
    {
        var buffer = new byte[32_768];
        try
        {
            while (await from.ReceiveAsync(buffer, cancel) is > 0 and var read)
            {
                var cut = mayCut && cutting && Happens();
                for (var rest = buffer.AsMemory(0, cut ? read / 2 : read); !rest.IsEmpty;) rest = rest[await to.SendAsync(rest, cancel)..];
                if (!cut) continue;
                Interlocked.Increment(ref cuts);
                return true;
            }
        }
        catch (Exception e) when (IsOver(e))
        {
            // So does the other way.
        }
        return false;
    }

    private bool Happens()
    {
        lock (chance) return chance.Happens(CutsPerAnswer);
    }

    private static bool IsOver(Exception e) => e is SocketException or OperationCanceledException or ObjectDisposedException;
}

using System.Net;
using System.Net.Sockets;

namespace LStep.Grains.Campaigns.Channels.Http;

/// <summary>
/// Resolves a receiver's name, checks every address, and connects to one that was checked: a name that changes its address between a
/// check and a connection gains nothing.
/// </summary>
public sealed class GuardedConnect(Reach reach)
{
    public const int AddressesMax = 8;

    /// <exception cref="UnansweredException">The address is refused.</exception>
    /// <exception cref="SocketException">There is no such name, or nobody listens.</exception>
    public async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancel);
        if (addresses.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        // One forbidden address among good ones is an attempt at rebinding, or a mistake that is better seen.
        foreach (var address in addresses) Check(address);
        if (reach == Reach.PublicOverTls && context.InitialRequestMessage.RequestUri?.Scheme != Uri.UriSchemeHttps)
            throw new UnansweredException(Unanswered.Refused, "The receiver's address is plain http: messages go over https.");
        return await Connected([.. addresses.Take(AddressesMax)], context.DnsEndPoint.Port, cancel);
    }

    /// <exception cref="UnansweredException">It is not one that this channel may call.</exception>
    public void Check(IPAddress address)
    {
        switch (Addresses.KindOf(address))
        {
            case AddressKind.Forbidden:
                throw new UnansweredException(
                    Unanswered.Refused, $"The receiver's address {address} is link-local, multicast or reserved: nobody is called there.");
            case AddressKind.Private when reach == Reach.PublicOverTls:
                throw new UnansweredException(
                    Unanswered.Refused, $"The receiver's address {address} is private: only public receivers are called.");
            default: return;
        }
    }

    private static async Task<Stream> Connected(IPAddress[] addresses, int port, CancellationToken cancel)
    {
        for (var last = addresses.Length - 1; ; addresses = addresses[1..], last--)
        {
            var socket = new Socket(addresses[0].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(addresses[0], port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (last > 0)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}

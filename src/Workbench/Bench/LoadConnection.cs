using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace LStep.Workbench.Bench;

/// <summary>One HTTP connection that is kept open and costs little: the client shares the machine with what is measured.</summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket socket;
    private readonly string host;
    private readonly string authorization;
    private readonly byte[] buffer = new byte[4_096];

    private LoadConnection(Socket socket, string host, string authorization) =>
        (this.socket, this.host, this.authorization) = (socket, host, authorization);

    public static async Task<LoadConnection> Open(Uri server, string writeKey, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port, cancel);
        return new LoadConnection(socket, server.Authority, "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(writeKey + ":")));
    }

    /// <summary>A whole request, ready to be sent.</summary>
    public byte[] Request(string path, ReadOnlySpan<byte> body)
    {
        var head =
            $"POST {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {authorization}\r\nContent-Type: application/json\r\nContent-Length: "
                + $"{body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    /// <summary>The status of the answer, once the whole of it is there.</summary>
    public async Task<int> Post(ReadOnlyMemory<byte> request, CancellationToken cancel)
    {
        while (!request.IsEmpty) request = request[await socket.SendAsync(request, cancel)..];
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), cancel);
            if (read == 0) throw new IOException("The server closed the connection.");
            length += read;
            if (IsWhole(buffer.AsSpan(0, length))) return int.Parse(buffer.AsSpan(9, 3));
        }
    }

    public void Dispose() => socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var field = answer[..end].IndexOf("Content-Length: "u8);
        return field >= 0 && Utf8Parser.TryParse(answer[(field + 16)..], out int body, out _)
            ? answer.Length >= end + 4 + body
            : answer.EndsWith("0\r\n\r\n"u8); // in chunks, as problems are
    }
}

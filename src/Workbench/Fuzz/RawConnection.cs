using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace LStep.Workbench.Fuzz;

/// <param name="Status">0 when the connection was closed without an answer.</param>
/// <param name="Refusal">What the product, not the server before it, says with a 4xx; null with others.</param>
public readonly record struct RawAnswer(int Status, bool HasRetryAfter, bool IsKept, RawRefusal? Refusal = null);

/// <param name="ContentType">Empty where there is none.</param>
/// <param name="Body">As far as it is kept; null where it cannot be read, as of a HEAD or when it is packed.</param>
public sealed record RawRefusal(string ContentType, string? Body)
{
    /// <summary>It is application/problem+json and has a code.</summary>
    public bool IsProblem
    {
        get
        {
            if (ContentType != "application/problem+json") return false;
            if (Body is null) return true;
            try
            {
                using var problem = JsonDocument.Parse(Body);
                return problem.RootElement.TryGetProperty("code", out var code) && code.GetString() is { Length: > 0 };
            }
            catch (JsonException)
            {
                return false;
            }
        }
    }
}

/// <summary>A connection that sends what it is given, well-formed or not, and reads one answer.</summary>
internal sealed class RawConnection : IDisposable
{
    private const int HeadBytesMax = 64 * 1024;

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[HeadBytesMax];
    private readonly MemoryStream body = new();
    private int filled;

    public static async Task<RawConnection> Open(Uri server, CancellationToken cancel)
    {
        var connection = new RawConnection();
        try
        {
            await connection.socket.ConnectAsync(server.Host, server.Port, cancel);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The answer to a request; a server may give it, and close, before it has read the whole.</summary>
    public async Task<RawAnswer> Ask(ReadOnlyMemory<byte> request, bool isHead, CancellationToken cancel)
    {
        var sending = Send(request, cancel);
        try
        {
            var answer = await Read(isHead, cancel);
            // What is still unsent is nothing that anybody waits for.
            return sending.IsCompletedSuccessfully ? answer : answer with { IsKept = false };
        }
        finally
        {
            if (!sending.IsCompleted) socket.Dispose();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        body.Dispose();
    }

    private async Task Send(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (!bytes.IsEmpty) bytes = bytes[await socket.SendAsync(bytes, cancel)..];
    }

    private async Task<RawAnswer> Read(bool isHead, CancellationToken cancel)
    {
        filled = 0;
        while (true)
        {
            int end;
            while ((end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
                if (!await Fill(cancel)) return default;
            var head = Encoding.Latin1.GetString(buffer, 0, end + 2);
            Consume(end + 4);
            var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
            if (status is >= 100 and < 200 and not 101) continue;
            body.SetLength(0);
            var isWhole = status != 101 && await ReadBody(head, isHead || status is 204 or 304, cancel);
            return new RawAnswer(
                status, Field(head, "Retry-After") is not null,
                isWhole && !head.Contains("Connection: close", StringComparison.OrdinalIgnoreCase),
                isWhole && status is >= 400 and < 500 ? Refusal(head, isHead) : null);
        }
    }

    /// <summary>The server's own answer to what it cannot read is bare: none of the product's headers, and no word.</summary>
    private RawRefusal? Refusal(string head, bool isHead)
    {
        var type = Field(head, "Content-Type");
        if (type is null && Field(head, "X-Content-Type-Options") is null && body.Length == 0) return null;
        var isReadable = !isHead && Field(head, "Content-Encoding") is null;
        return new RawRefusal(type?.Split(';')[0] ?? "", isReadable ? Encoding.UTF8.GetString(body.ToArray()) : null);
    }

    /// <summary>Whether the next answer can be told from this one.</summary>
    private async Task<bool> ReadBody(string head, bool isEmpty, CancellationToken cancel)
    {
        if (isEmpty) return true;
        if (Field(head, "Content-Length") is { } length) return await Take(long.Parse(length, CultureInfo.InvariantCulture), cancel);
        if (Field(head, "Transfer-Encoding") is null) return false;
        while (true)
        {
            int end;
            while ((end = buffer.AsSpan(0, filled).IndexOf("\r\n"u8)) < 0)
                if (!await Fill(cancel)) return false;
            var size = long.Parse(buffer.AsSpan(0, end), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            Consume(end + 2);
            if (!await Take(size, cancel) || !await Take(2, cancel)) return false;
            if (size == 0) return true;
            body.SetLength(Math.Max(0, body.Length - 2)); // the end of the line after a chunk
        }
    }

    private async Task<bool> Take(long bytes, CancellationToken cancel)
    {
        while (bytes > filled)
        {
            Keep(filled);
            bytes -= filled;
            filled = 0;
            if (!await Fill(cancel)) return false;
        }
        Keep((int)bytes);
        Consume((int)bytes);
        return true;
    }

    /// <summary>A problem is short; of what is longer the rest does not matter.</summary>
    private void Keep(int bytes)
    {
        if (body.Length + bytes <= HeadBytesMax) body.Write(buffer, 0, bytes);
    }

    private async Task<bool> Fill(CancellationToken cancel)
    {
        if (filled == buffer.Length) throw new IOException("the head of an answer is larger than any should be");
        try
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled), cancel);
            filled += read;
            return read > 0;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private void Consume(int bytes)
    {
        buffer.AsSpan(bytes, filled - bytes).CopyTo(buffer);
        filled -= bytes;
    }

    private static string? Field(string head, string name)
    {
        var at = head.IndexOf($"\n{name}: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        var start = at + name.Length + 3;
        return head[start..head.IndexOf('\r', start)];
    }
}

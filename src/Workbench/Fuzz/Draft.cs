using System.Globalization;
using System.Text;

namespace LStep.Workbench.Fuzz;

internal enum Framing { Length, Chunked, Cut, None }

/// <summary>A request that is still being thought of; what it says need not make sense.</summary>
internal sealed class Draft
{
    /// <summary>Stands for the server's address in a target: only its own is taken there.</summary>
    public const string HostMark = "{host}";

    public required string Method { get; set; }

    /// <summary>As written after the first slash, encoded.</summary>
    public required List<string> Segments { get; init; }

    public List<(string Name, string Value)> Query { get; } = [];

    public List<(string Name, string Value)> Headers { get; } = [];

    public byte[]? Body { get; set; }

    public Framing Framing { get; set; } = Framing.Length;

    /// <summary>What follows the last chunk, with the end of its line; empty for nothing.</summary>
    public string Trailer { get; set; } = "";

    /// <summary>Replaces the size of one chunk; null for sizes that are right.</summary>
    public string? BadChunkSize { get; set; }

    /// <summary>Replaces path and query.</summary>
    public string? Target { get; set; }

    public string Version { get; set; } = "HTTP/1.1";

    public string Path => "/" + string.Join('/', Segments);

    public FuzzRequest Request(long number, string host)
    {
        var bytes = new MemoryStream();
        Write(bytes, $"{Method} {Target?.Replace(HostMark, host, StringComparison.Ordinal) ?? Path + QueryText} {Version}\r\n");
        if (!Headers.Exists(header => header.Name == "Host")) Write(bytes, $"Host: {host}\r\n");
        foreach (var (name, value) in Headers) Write(bytes, $"{name}: {value}\r\n");
        var whole = WriteBody(bytes);
        // A length or coding of its own makes the body's end anybody's guess.
        var guess = Headers.Exists(header => header.Name is "Content-Length" or "Transfer-Encoding" or "Upgrade");
        return new FuzzRequest(number, bytes.ToArray(), whole && !guess);
    }

    private string QueryText => Query.Count == 0 ? "" : "?" + string.Join('&', Query.Select(each => $"{each.Name}={each.Value}"));

    private bool WriteBody(MemoryStream bytes)
    {
        if (Body is null || Framing == Framing.None)
        {
            Write(bytes, Method is "POST" or "PUT" or "PATCH" ? "Content-Length: 0\r\n\r\n" : "\r\n");
            return true;
        }
        if (Framing == Framing.Chunked) return WriteChunks(bytes, Body);
        var cut = Framing == Framing.Cut;
        Write(bytes, $"Content-Length: {(Body.Length + (cut ? 10 : 0)).ToString(CultureInfo.InvariantCulture)}\r\n\r\n");
        bytes.Write(Body);
        return !cut;
    }

    private bool WriteChunks(MemoryStream bytes, byte[] body)
    {
        Write(bytes, "Transfer-Encoding: chunked\r\n\r\n");
        foreach (var chunk in body.Chunk(Math.Max(1, body.Length / 3)))
        {
            Write(bytes, (BadChunkSize ?? chunk.Length.ToString("x", CultureInfo.InvariantCulture)) + "\r\n");
            bytes.Write(chunk);
            Write(bytes, "\r\n");
        }
        Write(bytes, $"0\r\n{Trailer}\r\n");
        return BadChunkSize is null;
    }

    /// <summary>Bytes where that is possible, so that what is no UTF-8 can be said.</summary>
    private static void Write(MemoryStream bytes, string text) =>
        bytes.Write(text.All(c => c <= '\u00ff') ? Encoding.Latin1.GetBytes(text) : Encoding.UTF8.GetBytes(text));
}

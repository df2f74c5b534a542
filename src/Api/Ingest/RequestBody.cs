using System.Buffers;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LStep.Api.Ingest;

/// <summary>
/// A request's body in pooled memory, decompressed, never larger than the limit. Content-Type is not looked at: beacons send odd ones.
/// </summary>
public sealed class RequestBody : IDisposable
{
    private const int FirstBytes = 16 * 1024;

    /// <summary>How many times what has arrived may be held for it.</summary>
    private const int GrowthMax = 4;

    private InFlight inFlight;
    private byte[] buffer = [];
    private int length;

    private RequestBody(InFlight inFlight) => this.inFlight = inFlight;

    /// <summary>As it came, decompressed: what a signature is of.</summary>
    public ReadOnlyMemory<byte> Raw => buffer.AsMemory(0, length);

    /// <summary>Without a mark of the byte order.</summary>
    public ReadOnlyMemory<byte> Bytes
    {
        get
        {
            var bytes = Raw;
            return bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        }
    }

    /// <param name="within">From now until the body's last byte.</param>
    /// <param name="givenUp">Others need its place.</param>
    /// <exception cref="MalformedBodyException">The body is too large, or not compressed as it says.</exception>
    /// <exception cref="OverloadedException">There is no memory for it now, or it was given up.</exception>
    /// <exception cref="BadHttpRequestException">408: it did not arrive in time.</exception>
    public static async Task<RequestBody> Read(
        HttpRequest request, InFlight inFlight, TimeSpan within, CancellationToken givenUp = default)
    {
        if (request.ContentLength > IngestLimits.BodyBytesMax) throw TooLarge();
        var body = new RequestBody(inFlight);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted, givenUp);
        stop.CancelAfter(within);
        try
        {
            await using var decompressed = Decompressed(request);
            if (decompressed is not null) LimitPacked(request);
            var expected = decompressed is null && request.ContentLength is { } announced ? (int)announced : int.MaxValue;
            await body.Fill(decompressed ?? request.Body, expected, stop.Token);
            return body;
        }
        catch (Exception e)
        {
            body.Dispose();
            if (e is OperationCanceledException && !request.HttpContext.RequestAborted.IsCancellationRequested)
                throw givenUp.IsCancellationRequested ? new OverloadedException("the place of a request without a key was needed")
                    : new BadHttpRequestException("The body did not arrive in time.", StatusCodes.Status408RequestTimeout);
            if (e is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }) throw TooLarge();
            // What the decompressors throw at bytes that are not theirs.
            if (request.Headers.ContentEncoding.Count > 0 && e is (InvalidDataException or InvalidOperationException))
                throw new MalformedBodyException("malformed", "The body is not compressed the way Content-Encoding says.");
            throw;
        }
    }

    /// <summary>From now on its memory is counted elsewhere: whose it is became known.</summary>
    /// <exception cref="OverloadedException">There is no room; it stays counted where it is.</exception>
    public void CountIn(InFlight other)
    {
        if (buffer.Length == 0) return;
        other.Take(buffer.Length);
        inFlight.Give(buffer.Length);
        inFlight = other;
    }

    public void Dispose()
    {
        if (buffer.Length == 0) return;
        Return(buffer);
        buffer = [];
    }

    private static Stream? Decompressed(HttpRequest request) => request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant() switch
    {
        "" or "identity" => null,
        "gzip" or "x-gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
        "deflate" => new ZLibStream(request.Body, CompressionMode.Decompress),
        "br" => new BrotliStream(request.Body, CompressionMode.Decompress),
        _ => throw new MalformedBodyException("unknown_encoding", "Content-Encoding has to be gzip, deflate, br or identity."),
    };

    /// <summary>Packed bytes may unpack to nothing at all, and so never reach the limit of what was unpacked.</summary>
    private static void LimitPacked(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = IngestLimits.BodyBytesMax;
    }

    /// <summary>
    /// Grows as bytes arrive, whatever was announced: who sends nothing holds nothing, and a small body that unpacks to a huge one is
    /// stopped at the limit.
    /// </summary>
    private async Task Fill(Stream stream, int expected, CancellationToken cancel)
    {
        var next = new byte[1];
        while (true)
        {
            if (length == buffer.Length || length == IngestLimits.BodyBytesMax)
            {
                if (await stream.ReadAsync(next, cancel) == 0) return;
                if (length == IngestLimits.BodyBytesMax) throw TooLarge();
                Grow(Math.Min(Math.Max(length * GrowthMax, Math.Min(expected, FirstBytes)), IngestLimits.BodyBytesMax));
                buffer[length++] = next[0];
            }
            var read = await stream.ReadAsync(buffer.AsMemory(length, Math.Min(buffer.Length, IngestLimits.BodyBytesMax) - length), cancel);
            if (read == 0) return;
            length += read;
        }
    }

    private void Grow(int bytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            inFlight.Take(larger.Length);
        }
        catch (OverloadedException)
        {
            ArrayPool<byte>.Shared.Return(larger);
            throw;
        }
        buffer.AsSpan(0, length).CopyTo(larger);
        if (buffer.Length > 0) Return(buffer);
        buffer = larger;
    }

    private void Return(byte[] rented)
    {
        inFlight.Give(rented.Length);
        ArrayPool<byte>.Shared.Return(rented);
    }

    private static MalformedBodyException TooLarge() =>
        new("body_too_large", $"The body is larger than {IngestLimits.BodyBytesMax / 1024 / 1024} MB, decompressed.");
}

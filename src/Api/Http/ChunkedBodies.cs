using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Http;

/// <summary>
/// Bodies in chunks: whatever the server throws at sizes, extensions and trailers that it cannot read is the sender's fault, a 400. It has
/// an exception of its own for most of them, but not for all.
/// </summary>
public static class ChunkedBodies
{
    /// <summary>Comes after what makes problems of exceptions.</summary>
    public static IApplicationBuilder UseChunkedBodies(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Request.Headers.TransferEncoding.Count > 0) http.Request.Body = new Chunks(http.Request.Body);
        return next(http);
    });

    private static bool IsOfSender(Exception e) =>
        e is InvalidOperationException and not ObjectDisposedException or ArithmeticException or ArgumentException or FormatException
            or IOException { InnerException: ArithmeticException };

    private sealed class Chunks(Stream body) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                return await body.ReadAsync(buffer, cancellationToken);
            }
            catch (Exception e) when (IsOfSender(e))
            {
                throw new BadHttpRequestException("The chunks of the body cannot be read.", StatusCodes.Status400BadRequest, e);
            }
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

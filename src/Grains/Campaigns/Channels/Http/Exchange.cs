using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace LStep.Grains.Campaigns.Channels.Http;

/// <summary>
/// One request and its answer, bounded in time and size. Whoever gets no answer learns how far the request came, also through a library
/// that knows nothing of this.
/// </summary>
public sealed class Exchange(HttpMessageHandler inner, TimeSpan timeout, TimeProvider clock) : DelegatingHandler(inner)
{
    /// <summary>Of an answer's body; what comes after it is not read.</summary>
    public const int AnswerBytesMax = 16 * 1024;

    /// <exception cref="UnansweredException">There is no answer.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // A length that is said beforehand is what every receiver takes.
        if (request.Content is not null) await request.Content.LoadIntoBufferAsync(cancellationToken);
        var body = new WatchedContent(request.Content ?? new ByteArrayContent([]));
        if (request.Content is not null) request.Content = body;
        using var patience = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var answer = await base.SendAsync(request, either.Token);
            await Bound(answer, either.Token);
            return answer;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnansweredException(body.How, $"No answer within {timeout.TotalSeconds:0.###} s.", e);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            for (var cause = e; cause is not null; cause = cause.InnerException)
                if (cause is UnansweredException refused) throw new UnansweredException(refused.How, refused.Message, e);
            throw new UnansweredException(body.How, Sentence(e, body.How), e);
        }
    }

    /// <summary>Without the request's address, which the exceptions of .NET repeat in part.</summary>
    private static string Sentence(Exception e, Unanswered how)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
            switch (cause)
            {
                case SocketException socket when how == Unanswered.NotGiven: return $"No connection: {socket.SocketErrorCode}.";
                case AuthenticationException: return "No connection: the receiver's certificate is not trusted, or it speaks no TLS.";
            }
        return how == Unanswered.Given ? "The connection ended before the answer came." : "The connection ended before all was written.";
    }

    /// <summary>The status says all that counts once it is there: an answer whose body breaks off is still an answer.</summary>
    private static async Task Bound(HttpResponseMessage answer, CancellationToken cancel)
    {
        var (buffer, count) = (new byte[AnswerBytesMax], 0);
        var content = answer.Content;
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancel);
            while (count < buffer.Length && await stream.ReadAsync(buffer.AsMemory(count), cancel) is > 0 and var read) count += read;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException) { }
        answer.Content = new ByteArrayContent(buffer, 0, count);
        content.Dispose();
    }

    private sealed class WatchedContent : HttpContent
    {
        private readonly HttpContent inner;
        private volatile bool written;

        public WatchedContent(HttpContent inner)
        {
            this.inner = inner;
            foreach (var (name, values) in inner.Headers) Headers.TryAddWithoutValidation(name, values);
        }

        public Unanswered How => written ? Unanswered.Given : Unanswered.NotGiven;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await inner.CopyToAsync(stream, context, cancellationToken);
            // The last bytes may still lie in a buffer; whether those arrive cannot be told any more.
            written = true;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = inner.Headers.ContentLength ?? 0;
            return inner.Headers.ContentLength is not null;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}

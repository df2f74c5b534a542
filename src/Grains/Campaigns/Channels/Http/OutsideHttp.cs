using System.Net;
using System.Net.Http.Headers;

namespace LStep.Grains.Campaigns.Channels.Http;

/// <summary>Calls to receivers outside, and how their answers are read.</summary>
public static class OutsideHttp
{
    /// <summary>Longer waits than that are as good as none.</summary>
    public static TimeSpan RetryAfterMax { get; } = TimeSpan.FromHours(24);

    /// <summary>Receivers close idle connections after a few seconds; a request that meets such an end would be uncertain.</summary>
    private static readonly TimeSpan IdleMax = TimeSpan.FromSeconds(2);

    /// <summary>A name that moved is followed after so long.</summary>
    private static readonly TimeSpan ConnectionAgeMax = TimeSpan.FromMinutes(2);

    /// <param name="timeout">From the connection to the answer's end.</param>
    public static HttpClient Client(Reach reach, TimeSpan timeout, TimeProvider clock)
    {
        var handler = new SocketsHttpHandler
        {
            // A redirect leads where nobody checked, and turns a POST into a GET.
            AllowAutoRedirect = false,
            UseCookies = false,
            // A proxy would connect for us, to what we cannot check.
            UseProxy = reach == Reach.Anywhere,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionIdleTimeout = IdleMax,
            PooledConnectionLifetime = ConnectionAgeMax,
            MaxResponseHeadersLength = 32,
            ActivityHeadersPropagator = null,
        };
        if (reach != Reach.Anywhere) handler.ConnectCallback = new GuardedConnect(reach).Connect;
        var client = new HttpClient(new Exchange(handler, timeout, clock)) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("L-Step", null));
        return client;
    }

    /// <summary>2xx is taken; 408, 425, 429 and 5xx may be taken later; everything else is refused for good.</summary>
    public static SendOutcome Outcome(HttpResponseMessage answer, TimeProvider wallClock, string? providerId = null) =>
        Outcome(answer.StatusCode, answer.Headers, wallClock, providerId);

    public static SendOutcome Outcome(
        HttpStatusCode status, HttpResponseHeaders? headers, TimeProvider wallClock, string? providerId = null) => (int)status switch
    {
        >= 200 and < 300 => new SendOutcome.Sent(providerId),
        408 or 425 or 429 or >= 500 => new SendOutcome.NotNow($"The receiver answered {(int)status}.", RetryAfter(headers, wallClock)),
        >= 300 and < 400 => new SendOutcome.Failed($"The receiver answered {(int)status}: redirects are not followed."),
        _ => new SendOutcome.Failed($"The receiver answered {(int)status}."),
    };

    /// <summary>In seconds or as a date, as the receiver likes; null where it says none.</summary>
    private static TimeSpan? RetryAfter(HttpResponseHeaders? headers, TimeProvider wallClock)
    {
        var said = headers?.RetryAfter;
        var wait = said?.Delta ?? said?.Date - wallClock.GetUtcNow();
        return wait is null ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > RetryAfterMax ? RetryAfterMax : wait;
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LStep.Campaigns.Tests.Channels.Http;

/// <summary>What a stand-in was asked.</summary>
public sealed record Asked(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>A server of the loopback address that stands in for one outside.</summary>
public sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TaskCompletionSource called = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StandIn(WebApplication app) => this.app = app;

    public Uri Url { get; private set; } = null!;
    public ConcurrentQueue<Asked> Calls { get; } = [];

    public Asked Last => Calls.Last();

    /// <summary>Ends with the first call.</summary>
    public Task Called => called.Task;

    /// <param name="answer">Called after the body was read.</param>
    /// <param name="tls">With a certificate that nobody signed.</param>
    public static async Task<StandIn> Start(Func<HttpContext, Asked, Task> answer, bool tls = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (tls) listen.UseHttps(SelfSigned.Certificate());
        }));
        var app = builder.Build();
        var server = new StandIn(app);
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var asked = new Asked(context.Request.Method, context.Request.Path + context.Request.QueryString,
                context.Request.Headers.ToDictionary(
                    header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray());
            server.Calls.Enqueue(asked);
            server.called.TrySetResult();
            await answer(context, asked);
        });
        await app.StartAsync();
        server.Url = new Uri(app.Urls.Single());
        return server;
    }

    /// <summary>Answers each call alike.</summary>
    public static Task<StandIn> Start(int status, string body = "", params (string Name, string Value)[] headers) =>
        Start(async (context, _) =>
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers) context.Response.Headers[name] = value;
            await context.Response.WriteAsync(body);
        });

    /// <summary>Reads each call and cuts the line instead of an answer.</summary>
    public static Task<StandIn> StartCutting() => Start((context, _) =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    /// <summary>Reads each call and answers nothing while the test lasts.</summary>
    public static Task<StandIn> StartSilent() => Start((context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted));

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}

using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace LStep.Workbench.Faults;

/// <summary>Takes the alerts of all silos outside of them, and counts how often each came.</summary>
public sealed class AlertReceiver : IAsyncDisposable
{
    public const string Doubled = "alerts that came more than once";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, int> received = new();

    private AlertReceiver(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    public int Received => received.Count;

    public static async Task<AlertReceiver> Start(CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new AlertReceiver(builder.Build());
        receiver.app.Run(async context =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            receiver.received.AddOrUpdate(body.RootElement.GetProperty("id").ToString(), 1, (_, times) => times + 1);
        });
        await receiver.app.StartAsync(cancel);
        return receiver;
    }

    public AuditLine Audit()
    {
        var doubled = received.Where(one => one.Value > 1).ToList();
        return new AuditLine(Doubled, doubled.Count, doubled.Count == 0 ? null : $"{doubled[0].Key}, {doubled[0].Value} times");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

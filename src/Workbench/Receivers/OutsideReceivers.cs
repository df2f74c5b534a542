using System.Net;
using System.Text.Json;
using LStep.Grains.Campaigns.Channels.Alert;
using LStep.Grains.Campaigns.Channels.Smtp;
using LStep.Grains.Campaigns.Channels.Webhook;
using LStep.Workbench.Auditing;
using LStep.Workbench.Faults;

namespace LStep.Workbench.Receivers;

/// <summary>
/// Takes the webhooks, alerts and mails of all silos outside of them, each silo at addresses of its own, and counts every key. What comes
/// is counted before it is answered.
/// </summary>
public sealed class OutsideReceivers : IAsyncDisposable
{
    public const string Doubled = "sends doubled";

    private readonly WebApplication app;
    private readonly List<MailReceiver> mail = [];

    private OutsideReceivers(WebApplication app, int silos)
    {
        this.app = app;
        for (var number = 0; number < silos; number++)
        {
            var silo = number;
            mail.Add(new MailReceiver(key => Take(key, silo)));
        }
    }

    public ReceivedKeys Received { get; } = new();

    public AnswerGate Gate { get; } = new();

    public static async Task<OutsideReceivers> Start(int silos, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receivers = new OutsideReceivers(builder.Build(), silos);
        receivers.app.Run(receivers.Receive);
        await receivers.app.StartAsync(cancel);
        return receivers;
    }

    /// <summary>What a silo has to be told so that its messages come here.</summary>
    /// <param name="keepsKeys">Whether webhooks count as going to a receiver that knows a key again.</param>
    /// <param name="mailConnections">Of each silo, at once.</param>
    public Dictionary<string, string> Settings(int silo, bool keepsKeys = false, int mailConnections = 1) => new()
    {
        [WebhookOptions.UrlName] = $"{app.Urls.Single()}/{silo}/webhook",
        [WebhookOptions.SecretName] = $"{WebhookSecret.Prefix}{Convert.ToBase64String(new byte[WebhookSecret.BytesMin])}",
        [WebhookOptions.PrivateName] = "true",
        [WebhookOptions.IdempotentName] = keepsKeys ? "true" : "false",
        [AlertOptions.UrlName] = $"{app.Urls.Single()}/{silo}/alert",
        [SmtpOptions.UrlName] = $"smtp://127.0.0.1:{mail[silo].Port}",
        [SmtpOptions.FromName] = "School <hello@school.example>",
        [SmtpOptions.ConnectionsName] = $"{mailConnections}",
    };

    /// <summary>No silo's mail server is there until they come up again.</summary>
    public Task MailGoesDown() => Task.WhenAll(mail.Select(server => server.GoDown()));

    public void MailComesUp() => mail.ForEach(server => server.ComeUp());

    /// <summary>For runs in which no receiver keeps keys.</summary>
    public AuditLine Audit()
    {
        var repeated = Received.Repeated;
        return new AuditLine(Doubled, repeated.Count, repeated.Count == 0 ? null : $"{repeated[0].Key}, {repeated[0].Times} times");
    }

    public async ValueTask DisposeAsync()
    {
        Gate.Open();
        await app.DisposeAsync();
        foreach (var server in mail) await server.DisposeAsync();
    }

    private async Task Receive(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        // An alert bears its key in its body, a webhook in its header.
        var key = context.Request.Headers["webhook-id"] is { Count: 1 } id ? id.ToString() : body.RootElement.GetProperty("id").ToString();
        await Take(Guid.Parse(key), int.Parse(context.Request.Path.Value.AsSpan(1, context.Request.Path.Value!.IndexOf('/', 1) - 1)));
    }

    private Task Take(Guid key, int silo)
    {
        Received.Add(key);
        return Gate.Pass(silo);
    }
}

using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using LStep.Grains;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace LStep.Campaigns.Tests.Channels.Smtp;

/// <summary>A real SMTP server that keeps what it takes.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    /// <param name="tls">Offers STARTTLS with a certificate that nobody signed.</param>
    /// <param name="port">Any free one where none is given.</param>
    public MailServer(bool tls = false, string? user = null, string? password = null, int? port = null)
    {
        Port = port ?? FreePort.Next();
        var options = new SmtpServerOptionsBuilder().ServerName("mail.test").Endpoint(endpoint =>
        {
            endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port));
            if (tls) endpoint.Certificate(SelfSigned.Certificate());
            if (user is not null) endpoint.AllowUnsecureAuthentication(!tls).AuthenticationRequired();
        }).Build();
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add(new Store(this));
        services.Add(new Filter(this));
        services.Add(new Users(user, password));
        var server = new SmtpServer.SmtpServer(options, services);
        server.SessionCreated += (_, _) => Sessions++;
        running = server.StartAsync(stop.Token);
    }

    public int Port { get; }
    public ConcurrentQueue<(MimeMessage Mail, bool Secure)> Mails { get; } = [];
    public int Sessions { get; private set; }

    /// <summary>What it says to a mail that it was given.</summary>
    public SmtpResponse Verdict { get; set; } = SmtpResponse.Ok;

    /// <summary>Recipients it does not know.</summary>
    public ConcurrentBag<string> Unknown { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException) { }
        stop.Dispose();
    }

    private sealed class Store(MailServer server) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            if (server.Verdict != SmtpResponse.Ok) return server.Verdict;
            using var stream = new MemoryStream(buffer.ToArray());
            server.Mails.Enqueue((await MimeMessage.LoadAsync(stream, cancellationToken), context.Pipe.IsSecure));
            return SmtpResponse.Ok;
        }
    }

    private sealed class Filter(MailServer server) : MailboxFilter
    {
        public override Task<bool> CanDeliverToAsync(
            ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
            Task.FromResult(!server.Unknown.Contains($"{to.User}@{to.Host}"));
    }

    private sealed class Users(string? user, string? password) : UserAuthenticator
    {
        public override Task<bool> AuthenticateAsync(
            ISessionContext context, string name, string secret, CancellationToken cancellationToken) =>
            Task.FromResult(name == user && secret == password);
    }
}

using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using LStep.Domain.Campaigning;
using MailKit.Net.Smtp;
using MimeKit;

namespace LStep.Grains.Campaigns.Channels.Smtp;

/// <summary>Gives mails to a server over connections that are kept for the next mail.</summary>
/// <param name="clock">Of timeouts and idle connections.</param>
public sealed class SmtpTransport(SmtpOptions options, TimeProvider clock) : IChannelTransport, IDisposable
{
    /// <summary>Some servers end a connection after so many, and say so only by ending it.</summary>
    public const int MailsPerConnectionMax = 100;

    /// <summary>Servers and the networks between give up idle connections, some without a word.</summary>
    public static TimeSpan IdleMax { get; } = TimeSpan.FromSeconds(30);

    private readonly ConcurrentStack<SmtpConnection> idle = new();
    private readonly SemaphoreSlim places = new(options.Connections);

    public Channel Channel => Channel.Email;

    /// <summary>SMTP knows no keys: the same Message-ID twice is two mails to most servers.</summary>
    public bool IsIdempotent => false;

    public int AtOnceMax => options.Connections;

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken cancel)
    {
        MimeMessage mail;
        try
        {
            mail = Mail.Compose(message, options.From, options.Dkim, options.ReplyTo);
        }
        catch (UnsendableException e)
        {
            return new SendOutcome.Failed(e.Message);
        }
        using (mail)
        {
            await places.WaitAsync(cancel);
            using var patience = new CancellationTokenSource(options.Timeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
            try
            {
                var outcome = await Kept(mail, either.Token) ?? await Try(mail, null, either.Token);
                // What the server said stands, whoever does not want to hear it any more.
                if (outcome is SendOutcome.NotNow or SendOutcome.Unknown) cancel.ThrowIfCancellationRequested();
                return outcome;
            }
            finally
            {
                places.Release();
            }
        }
    }

    public void Dispose()
    {
        while (idle.TryPop(out var connection)) connection.Dispose();
        places.Dispose();
    }

    /// <summary>Null when there is no connection to reuse, or it had ended before the mail was given.</summary>
    private async Task<SendOutcome?> Kept(MimeMessage mail, CancellationToken cancel)
    {
        while (idle.TryPop(out var connection))
        {
            if (connection.IsConnected && connection.Mails < MailsPerConnectionMax && clock.GetElapsedTime(connection.UsedAt) < IdleMax)
                return await Try(mail, connection, cancel) switch
                {
                    SendOutcome.NotNow { OfMessageOnly: false } => null,
                    var outcome => outcome,
                };
            connection.Dispose();
        }
        return null;
    }

    private async Task<SendOutcome> Try(MimeMessage mail, SmtpConnection? connection, CancellationToken cancel)
    {
        var progress = new MailProgress();
        var to = (MailboxAddress)mail.To[0];
        try
        {
            connection ??= await Open(cancel);
            if ((to.NeedsUtf8() || options.From.NeedsUtf8()) && !connection.Capabilities.HasFlag(SmtpCapabilities.UTF8))
            {
                Keep(connection);
                return new SendOutcome.Failed("The mail server takes no address with other letters than ASCII before the @ (SMTPUTF8).");
            }
            var reply = await connection.Give(mail, options.From, to, progress, cancel);
            Keep(connection);
            return new SendOutcome.Sent(PlainText.OneLine(reply, 100));
        }
        catch (Exception e)
        {
            var outcome = SmtpReplies.Outcome(e, connection is not null, progress.Given, to.Address);
            if (e is SmtpCommandException { StatusCode: not SmtpStatusCode.ServiceNotAvailable } && connection is { IsConnected: true })
                Keep(connection);
            else connection?.Dispose();
            return outcome;
        }
    }

    private async Task<SmtpConnection> Open(CancellationToken cancel)
    {
        var connection = new SmtpConnection
        {
            Timeout = (int)options.Timeout.TotalMilliseconds,
            // It would ask servers of the certificate's issuer, which nobody configured.
            CheckCertificateRevocation = false,
        };
        using var patience = new CancellationTokenSource(options.ConnectTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
#pragma warning disable CA5359 // Without a password a server that offers no TLS would be given the mail as well.
        if (!options.ChecksCertificate) connection.ServerCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        // Without this the end mark waits for the receiver's delayed acknowledgement, 40 ms a mail.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, either.Token);
            await connection.ConnectAsync(socket, options.Host, options.Port, options.Security, either.Token);
            if (options is { User: { } user, Password: { } password })
                await connection.AuthenticateAsync(Encoding.UTF8, user, password, either.Token);
            // It saves one round trip of four, and costs 40 ms a mail where the server sends its answers one by one.
            connection.Capabilities &= ~SmtpCapabilities.Pipelining;
            return connection;
        }
        catch
        {
            connection.Dispose();
            socket.Dispose();
            throw;
        }
    }

    private void Keep(SmtpConnection connection)
    {
        connection.UsedAt = clock.GetTimestamp();
        idle.Push(connection);
    }
}

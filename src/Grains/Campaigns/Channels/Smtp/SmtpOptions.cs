using System.Net;
using MailKit.Security;
using MimeKit;

namespace LStep.Grains.Campaigns.Channels.Smtp;

/// <summary>The mail server, and as whom it is given mails.</summary>
public sealed record SmtpOptions
{
    public const string UrlName = "LSTEP_SMTP", FromName = "LSTEP_MAIL_FROM", ReplyToName = "LSTEP_MAIL_REPLY_TO",
        ConnectionsName = "LSTEP_SMTP_CONNECTIONS";

    private const int PortPlain = 25, PortSubmission = 587, PortTls = 465;

    public required string Host { get; init; }
    public required int Port { get; init; }

    /// <summary>TLS from the first byte, as smtps:// says.</summary>
    public bool ImplicitTls { get; init; }

    public string? User { get; init; }
    public string? Password { get; init; }
    public required MailboxAddress From { get; init; }

    /// <summary>Where answers go; null for the sender.</summary>
    public MailboxAddress? ReplyTo { get; init; }

    public DkimKey? Dkim { get; init; }

    /// <summary>How many connections are kept and used at once.</summary>
    public int Connections { get; init; } = 1;

    /// <summary>Of one try, from the connection to the server's last word.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Of its part until the server has greeted and taken the sign-in.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>A password may go over a line that is encrypted, or that does not leave the machine.</summary>
    public SecureSocketOptions Security => ImplicitTls ? SecureSocketOptions.SslOnConnect
        : User is not null && !IsLoopback ? SecureSocketOptions.StartTls
        : SecureSocketOptions.StartTlsWhenAvailable;

    /// <summary>Where TLS is only taken because it is offered, an unknown certificate is still better than no TLS.</summary>
    public bool ChecksCertificate => !IsLoopback && (ImplicitTls || User is not null);

    public override string ToString() => $"smtp to {Host}:{Port}";

    /// <summary>Null where there is no mail server, or the sink stands in for it.</summary>
    /// <exception cref="ChannelSettingException">A setting is wrong.</exception>
    public static SmtpOptions? Read(SettingReader settings)
    {
        if (settings.Text(UrlName) is not { } text || text == SettingReader.SinkWord) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("smtp" or "smtps") || url.Host.Length == 0
            || url.AbsolutePath is not ("" or "/") || url.Query.Length > 0 || url.Fragment.Length > 0)
            throw new ChannelSettingException($"{UrlName} is no address such as smtp://user:password@mail.example:587 or smtps://…, and "
                + $"not '{SettingReader.SinkWord}'. Characters such as @, / and # of a password are written as %40, %2F and %23.");
        var (user, password) = Credentials(url.UserInfo);
        var tls = url.Scheme == "smtps";
        return new SmtpOptions
        {
            Host = url.IdnHost,
            Port = url.Port > 0 ? url.Port : tls ? PortTls : user is null ? PortPlain : PortSubmission,
            ImplicitTls = tls,
            User = user,
            Password = password,
            From = Sender(settings) ?? throw new ChannelSettingException(
                $"{UrlName} is set: {FromName} has to be, too, such as School <hello@school.example>."),
            ReplyTo = Address(settings, ReplyToName),
            Dkim = DkimKey.Read(settings),
            Connections = settings.Number(ConnectionsName, 1, 1, 16),
        };
    }

    /// <summary>Null where none is set.</summary>
    /// <exception cref="ChannelSettingException">It is no address.</exception>
    public static MailboxAddress? Sender(SettingReader settings) => Address(settings, FromName);

    private static MailboxAddress? Address(SettingReader settings, string name)
    {
        if (settings.Text(name) is not { } text) return null;
        try
        {
            if (!MailboxAddress.TryParse(text, out var parsed)) throw new UnsendableException("It is none.");
            return MailAddresses.Mailbox(parsed.Address, parsed.Name);
        }
        catch (UnsendableException)
        {
            throw new ChannelSettingException($"{name} is no address such as School <hello@school.example>.");
        }
    }

    private static (string? User, string? Password) Credentials(string userInfo)
    {
        if (userInfo.Length == 0) return (null, null);
        var colon = userInfo.IndexOf(':');
        if (colon <= 0 || colon == userInfo.Length - 1)
            throw new ChannelSettingException($"{UrlName} has a user or a password without the other: smtp://user:password@host:port.");
        return (Uri.UnescapeDataString(userInfo[..colon]), Uri.UnescapeDataString(userInfo[(colon + 1)..]));
    }
}

using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace LStep.Grains.Campaigns.Channels.Smtp;

/// <summary>What a server's word, or its silence, means for a mail.</summary>
public static class SmtpReplies
{
    public const int ClosingDown = 421;

    private const int ReplyCharsMax = 200;

    /// <param name="opened">The server had greeted and taken the sign-in.</param>
    /// <param name="given">The mail was written whole.</param>
    /// <param name="address">Of the recipient, which servers like to repeat.</param>
    public static SendOutcome Outcome(Exception trouble, bool opened, bool given, string address) => trouble switch
    {
        SmtpCommandException said => OfReply((int)said.StatusCode, Plain(said.Message, address), ofMailOnly: opened),
        // What a server says about a sign-in may repeat the user's name: the code is enough.
        AuthenticationException { InnerException: SmtpCommandException said } =>
            OfReply((int)said.StatusCode, "The mail server refused the user and the password.", ofMailOnly: false),
        AuthenticationException said when CodeIn(said.Message) is { } code =>
            OfReply(code, "The mail server refused the user and the password.", ofMailOnly: false),
        AuthenticationException => new SendOutcome.Failed("The mail server refused the user and the password."),
        ServiceNotAuthenticatedException => new SendOutcome.Failed("530 The mail server wants a user and a password."),
        _ when given => new SendOutcome.Unknown("The connection to the mail server ended before its answer to the mail came."),
        SslHandshakeException => new SendOutcome.NotNow("The mail server's certificate is not trusted, or it speaks no TLS on this port."),
        NotSupportedException => new SendOutcome.NotNow("The mail server offers no STARTTLS, without which no password is sent."),
        System.Net.Sockets.SocketException socket => new SendOutcome.NotNow($"No connection to the mail server: {socket.SocketErrorCode}."),
        OperationCanceledException or TimeoutException => new SendOutcome.NotNow("The mail server did not answer in time."),
        _ => new SendOutcome.NotNow("The connection to the mail server ended before the mail was given."),
    };

    /// <param name="ofMailOnly">A 4xx is about this mail; other mails need not wait.</param>
    private static SendOutcome OfReply(int code, string text, bool ofMailOnly) => code switch
    {
        >= 500 => new SendOutcome.Failed($"{code} {text}"),
        >= 400 => new SendOutcome.NotNow($"{code} {text}", OfMessageOnly: ofMailOnly && code != ClosingDown),
        _ => new SendOutcome.NotNow($"The mail server answered out of turn: {code} {text}"),
    };

    private static string Plain(string? reply, string address)
    {
        var line = PlainText.OneLine(reply, ReplyCharsMax);
        return line.Replace(address, "(address)", StringComparison.OrdinalIgnoreCase);
    }

    private static int? CodeIn(string message) =>
        message.Length >= 3 && int.TryParse(message.AsSpan(0, 3), out var code) && code is >= 400 and < 600 ? code : null;
}

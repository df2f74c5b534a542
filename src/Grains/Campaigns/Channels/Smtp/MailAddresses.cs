using System.Globalization;
using System.Text;
using MimeKit;

namespace LStep.Grains.Campaigns.Channels.Smtp;

/// <summary>Addresses as strangers wrote them, made safe for a command of SMTP and a header.</summary>
public static class MailAddresses
{
    private const int AddressCharsMax = 254, LocalCharsMax = 64, NameCharsMax = 128;

    /// <exception cref="UnsendableException">It is no address.</exception>
    public static MailboxAddress Mailbox(string? address, string? name)
    {
        if (string.IsNullOrWhiteSpace(address)) throw new UnsendableException("There is no mail address.");
        address = address.Trim();
        var at = address.LastIndexOf('@');
        if (address.Length > AddressCharsMax || at is < 1 or > LocalCharsMax || address.Any(IsNoPartOfAnAddress)) throw NotOne();
        try
        {
            var domain = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(address[(at + 1)..]);
            // The name of the domain is written in ASCII, as every server takes it; what stands before the @ cannot be.
            return new MailboxAddress(PlainText.OneLine(name, NameCharsMax), $"{Local(address[..at])}@{domain}");
        }
        catch (Exception e) when (e is ArgumentException or ParseException)
        {
            throw NotOne();
        }
    }

    /// <summary>Only servers with SMTPUTF8 take it.</summary>
    public static bool NeedsUtf8(this MailboxAddress mailbox) =>
        !Ascii.IsValid(mailbox.Address.AsSpan(0, mailbox.Address.LastIndexOf('@')));

    /// <summary>In ASCII.</summary>
    public static string DomainOf(this MailboxAddress mailbox) =>
        MailboxAddress.EncodeAddrspec(mailbox.Address).Split('@')[^1];

    /// <summary>Some Japanese carriers gave out addresses with dots where the standard wants quotes around them.</summary>
    private static string Local(string local) =>
        local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal) ? $"\"{local}\"" : local;

    private static bool IsNoPartOfAnAddress(char letter) =>
        char.IsControl(letter) || char.IsWhiteSpace(letter) || char.IsSurrogate(letter) || "<>()[]\\,;:\"".Contains(letter)
        || char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static UnsendableException NotOne() => new("The mail address is none.");
}

using System.Collections.Immutable;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Smtp;

namespace LStep.Grains.Campaigns.Digests;

/// <summary>Who gets the mail of each morning, when, and in which language. Nobody gets it where nobody is named.</summary>
/// <param name="Hour">Of the business day, from which on it is sent.</param>
/// <param name="Language">en or ja.</param>
public sealed record DigestSettings(ImmutableArray<string> Recipients, int Hour = DigestSettings.HourDefault, string Language = "en")
{
    public const string ToName = "LSTEP_DIGEST_TO", HourName = "LSTEP_DIGEST_HOUR", LanguageName = "LSTEP_DIGEST_LANGUAGE";
    public const int RecipientsMax = 50, HourDefault = 7;
    private const int LastHour = 23;

    public static DigestSettings Off { get; } = new([]);

    public static IReadOnlyList<string> Languages { get; } = ["en", "ja"];

    /// <exception cref="ChannelSettingException">A setting cannot be meant.</exception>
    public static DigestSettings Read(Func<string, string?> variable)
    {
        var settings = new SettingReader(variable);
        var (to, hour) = (settings.Text(ToName), settings.Number(HourName, HourDefault, 0, LastHour));
        var language = settings.Text(LanguageName)?.ToLowerInvariant() ?? "en";
        if (!Languages.Contains(language)) throw new ChannelSettingException($"{LanguageName} is neither en nor ja.");
        if (to is null) return Off with { Hour = hour, Language = language };
        if (settings.Text(SmtpOptions.UrlName) is null)
            throw new ChannelSettingException($"{ToName} is set: {SmtpOptions.UrlName} has to be, too.");
        return new DigestSettings(
            [.. to.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Address).Distinct()], hour,
            language) is { Recipients.Length: <= RecipientsMax } read
            ? read : throw new ChannelSettingException($"{ToName} has more than {RecipientsMax} addresses.");
    }

    private static string Address(string text)
    {
        try
        {
            return MailAddresses.Mailbox(text, null).Address;
        }
        catch (UnsendableException)
        {
            throw new ChannelSettingException(
                $"{ToName} has something that is no mail address: give some such as ann@school.example,ben@school.example.");
        }
    }
}

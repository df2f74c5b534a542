using System.Globalization;
using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Digests;
using LStep.Grains.Campaigns.Sending;
using LStep.Grains.Campaigns.Templates;

namespace LStep.Silo.Verbs;

/// <summary>What the environment says of messages: the ways out, who sends, and how often people are disturbed.</summary>
internal static class MessagingVariables
{
    private const string App = "LSTEP_APP_URL", Brand = "LSTEP_BRAND", Address = "LSTEP_BRAND_ADDRESS", Team = "LSTEP_TEAM_LOCALE",
        PerWeek = "LSTEP_MESSAGES_PER_WEEK", PerDay = "LSTEP_MESSAGES_PER_DAY", Quiet = "LSTEP_QUIET_HOURS",
        Money = "LSTEP_CURRENCY", Templates = "LSTEP_TEMPLATES", Locales = "LSTEP_MESSAGE_LOCALES";

    private const int MessagesMax = 100;
    private const int LocaleCharsMax = 35;

    /// <exception cref="WrongUsageException">A variable cannot be read; the message repeats no secret.</exception>
    public static SiloOptions Read(SiloOptions options, Func<string, string?> variable) => options with
    {
        Channels = Settings(() => ChannelSettings.Read(variable)),
        App = AppIn(variable(App)),
        Brand = new Brand(variable(Brand) ?? options.Brand.Name, variable(Address)),
        TeamLocale = variable(Team) ?? options.TeamLocale,
        SendingLimits = new SendingLimits(
            Number(variable, PerWeek, SendingLimits.Default.PerWeek), Number(variable, PerDay, SendingLimits.Default.PerDay),
            QuietIn(variable(Quiet))),
        Templates = TemplatesIn(variable(Templates)),
        MessageLocales = LocalesIn(variable(Locales)),
        Currency = CurrencyIn(variable(Money)),
        Digest = Settings(() => DigestSettings.Read(variable)),
    };

    /// <summary>Null where nothing is said, empty where it is to be none.</summary>
    /// <exception cref="WrongUsageException">It is no code of a currency.</exception>
    private static string? CurrencyIn(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        null => null,
        "NONE" => "",
        var code when Currencies.IsKnown(code) => code,
        _ => throw new WrongUsageException($"{Money} is '{text}'; give a code of ISO 4217 such as EUR or JPY, or none."),
    };

    /// <summary>The product's own texts, with those of a folder before them.</summary>
    /// <exception cref="WrongUsageException">The folder cannot be read, or its mails are not compiled.</exception>
    public static TemplateFiles TemplatesIn(string? folder)
    {
        if (folder is null) return TemplateFiles.BuiltIn;
        try
        {
            var own = TemplateFiles.In(folder);
            if (!own.Paths.Any()) throw new TemplateException($"There is no template in {folder}.");
            if (own.Uncompiled is { } mail)
                throw new TemplateException(
                    $"{mail} is not compiled. Give the folder that compile.mjs has written (docs/templates.md), not that of the sources.");
            return TemplateFiles.BuiltIn.Under(own);
        }
        catch (Exception e) when (e is TemplateException or IOException or UnauthorizedAccessException)
        {
            throw new WrongUsageException($"{Templates} is '{folder}': {e.Message}");
        }
    }

    private static IReadOnlyCollection<string> LocalesIn(string? text)
    {
        if (text is null) return MessageSettings.LanguagesByDefault;
        var locales = text.Split(',', StringSplitOptions.TrimEntries).Select(one => one.ToLowerInvariant()).ToArray();
        return locales.All(one => one.Length is > 1 and <= LocaleCharsMax && one.All(c => char.IsAsciiLetter(c) || c == '-')) ? locales
            : throw new WrongUsageException($"{Locales} is '{text}'; give languages such as en,ja.");
    }

    private static T Settings<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ChannelSettingException e)
        {
            throw new WrongUsageException(e.Message);
        }
    }

    private static Uri? AppIn(string? text) => text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
        : throw new WrongUsageException($"{App} is '{text}'; give an address such as https://learn.example.org/.");

    private static int Number(Func<string, string?> variable, string name, int otherwise) => variable(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MessagesMax ? number
        : throw new WrongUsageException($"{name} is '{text}'; give a number from 0 to {MessagesMax}.");

    private static QuietHours QuietIn(string? text)
    {
        if (text is null) return QuietHours.Default;
        if (text == "off") return new QuietHours(TimeOnly.MinValue, TimeOnly.MinValue);
        return text.Split('-') is [var from, var to] && TimeIn(from) is { } begins && TimeIn(to) is { } ends
            ? new QuietHours(begins, ends)
            : throw new WrongUsageException($"{Quiet} is '{text}'; give two times of a day such as 21:00-08:00, or off.");
    }

    private static TimeOnly? TimeIn(string text) =>
        TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}

namespace LStep.Grains.Campaigns.Channels.Alert;

/// <summary>How an alert's receiver wants it.</summary>
public enum AlertFormat { Json, Slack, Teams }

/// <summary>Where alerts go beside the live hub.</summary>
public sealed record AlertOptions
{
    public const string UrlName = "LSTEP_ALERT_URL", FormatName = "LSTEP_ALERT_FORMAT";

    /// <summary>Whoever knows it can write to the room: it is a secret.</summary>
    public required Uri Url { get; init; }

    public required AlertFormat Format { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    public override string ToString() => $"alerts to {Url.Host} ({Format})";

    /// <summary>Null where it is not set, or the sink stands in for it.</summary>
    /// <exception cref="ChannelSettingException">A setting is wrong.</exception>
    public static AlertOptions? Read(SettingReader settings)
    {
        AlertFormat? format = settings.Text(FormatName)?.ToLowerInvariant() switch
        {
            null => null,
            "json" => AlertFormat.Json,
            "slack" => AlertFormat.Slack,
            "teams" => AlertFormat.Teams,
            _ => throw new ChannelSettingException($"{FormatName} is none of slack, teams and json."),
        };
        if (settings.Text(UrlName) is null or SettingReader.SinkWord) return null;
        var url = settings.Url(UrlName)!;
        return new AlertOptions { Url = url, Format = format ?? FormatOf(url.IdnHost) };
    }

    private static AlertFormat FormatOf(string host) =>
        host is "hooks.slack.com" or "hooks.slack-gov.com" ? AlertFormat.Slack
        : host.EndsWith(".webhook.office.com", StringComparison.Ordinal) || host.EndsWith(".logic.azure.com", StringComparison.Ordinal)
            || host.EndsWith(".powerplatform.com", StringComparison.Ordinal) ? AlertFormat.Teams
        : AlertFormat.Json;
}

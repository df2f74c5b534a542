namespace LStep.Grains.Campaigns.Channels.Line;

/// <summary>An official account of LINE that sends.</summary>
public sealed record LineOptions
{
    public const string TokenName = "LSTEP_LINE_TOKEN";

    /// <summary>The channel access token of its Messaging API channel.</summary>
    public required string Token { get; init; }

    public Uri Endpoint { get; init; } = new("https://api.line.me");

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    public override string ToString() => "line";

    /// <summary>Null where it is not set, or the sink stands in for it.</summary>
    /// <exception cref="ChannelSettingException">It cannot be a token.</exception>
    public static LineOptions? Read(SettingReader settings)
    {
        if (settings.Text(TokenName) is not { } token || token == SettingReader.SinkWord) return null;
        return token.Length is >= 20 and <= 2_000 && token.All(letter => char.IsAsciiLetterOrDigit(letter) || "+/=-._~".Contains(letter))
            ? new LineOptions { Token = token }
            : throw new ChannelSettingException($"{TokenName} is no channel access token of the Messaging API.");
    }
}

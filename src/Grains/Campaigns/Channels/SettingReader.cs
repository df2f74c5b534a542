namespace LStep.Grains.Campaigns.Channels;

/// <summary>Reads settings by name; a blank one counts as absent.</summary>
public readonly record struct SettingReader(Func<string, string?> Variable)
{
    public const string SinkWord = "sink";

    private const int FileBytesMax = 64 * 1024;

    public string? Text(string name) => Variable(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    /// <exception cref="ChannelSettingException">It is neither yes nor no.</exception>
    public bool Flag(string name) => Text(name)?.ToLowerInvariant() switch
    {
        null or "false" or "0" or "no" or "off" => false,
        "true" or "1" or "yes" or "on" => true,
        _ => throw new ChannelSettingException($"{name} is neither true nor false."),
    };

    /// <exception cref="ChannelSettingException">It is no absolute address over HTTP.</exception>
    public Uri? Url(string name)
    {
        if (Text(name) is not { } text) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { UserInfo: "", Fragment: "" } && url.Host.Length > 0
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? url
            : throw new ChannelSettingException($"{name} is no address such as https://school.example/hooks (no user, password or #).");
    }

    /// <summary>The text of a file that a setting names.</summary>
    /// <exception cref="ChannelSettingException">It cannot be read.</exception>
    public string? File(string name)
    {
        if (Text(name) is not { } path) return null;
        try
        {
            if (new FileInfo(path).Length > FileBytesMax)
                throw new ChannelSettingException($"{name}: the file is longer than {FileBytesMax} bytes.");
            return System.IO.File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ChannelSettingException($"{name}: the file '{path}' cannot be read ({e.GetType().Name}).");
        }
    }

    /// <exception cref="ChannelSettingException">It is no whole number of this range.</exception>
    public int Number(string name, int byDefault, int min, int max) =>
        Text(name) is not { } text ? byDefault
        : int.TryParse(text, out var number) && number >= min && number <= max ? number
        : throw new ChannelSettingException($"{name} is no number from {min} to {max}.");
}

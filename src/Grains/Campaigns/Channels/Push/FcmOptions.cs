using System.Security.Cryptography;
using System.Text.Json;

namespace LStep.Grains.Campaigns.Channels.Push;

/// <summary>A service account of Google that may send by a project of Firebase.</summary>
public sealed record FcmOptions
{
    public const string FileName = "LSTEP_FCM_CREDENTIALS_FILE";

    public required string ProjectId { get; init; }
    public required string Account { get; init; }

    /// <summary>PKCS #8 in PEM.</summary>
    public required string PrivateKey { get; init; }

    public required Uri TokenUrl { get; init; }

    public Uri Endpoint { get; init; } = new("https://fcm.googleapis.com");

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    public override string ToString() => $"firebase project {ProjectId}";

    /// <summary>Null where it is not set.</summary>
    /// <exception cref="ChannelSettingException">The file is no service account's.</exception>
    public static FcmOptions? Read(SettingReader settings)
    {
        if (settings.File(FileName) is not { } text) return null;
        try
        {
            using var json = JsonDocument.Parse(text);
            var options = new FcmOptions
            {
                ProjectId = Text(json, "project_id"),
                Account = Text(json, "client_email"),
                PrivateKey = Text(json, "private_key"),
                TokenUrl = new Uri(Text(json, "token_uri")),
            };
            using var key = RSA.Create();
            key.ImportFromPem(options.PrivateKey);
            _ = key.ExportParameters(true);
            if (options.TokenUrl.Scheme != Uri.UriSchemeHttps && !options.TokenUrl.IsLoopback) throw new FormatException();
            return options;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            or ArgumentException or CryptographicException)
        {
            throw new ChannelSettingException(
                $"{FileName}: the file is no service account's JSON with project_id, client_email, private_key and token_uri.");
        }
    }

    private static string Text(JsonDocument json, string name) =>
        json.RootElement.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw new FormatException();
}

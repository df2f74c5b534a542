using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using LStep.Grains.Campaigns.Channels.Http;

namespace LStep.Grains.Campaigns.Channels.Push;

/// <summary>The service account's access token, fetched by a signed assertion (RFC 7523) and kept while it is good.</summary>
public sealed class GoogleAccess(FcmOptions options, HttpClient http, TimeProvider wallClock) : IDisposable
{
    private const string Scope = "https://www.googleapis.com/auth/firebase.messaging";

    private static readonly TimeSpan Life = TimeSpan.FromHours(1), Margin = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim one = new(1);
    private string? token;
    private DateTimeOffset goodUntil;

    /// <summary>Null when Google gives none.</summary>
    /// <exception cref="UnansweredException">Google does not answer.</exception>
    public async Task<string?> Token(CancellationToken cancel)
    {
        await one.WaitAsync(cancel);
        try
        {
            if (token is not null && wallClock.GetUtcNow() < goodUntil) return token;
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer", ["assertion"] = Assertion(),
            });
            using var answer = await http.PostAsync(options.TokenUrl, form, cancel);
            token = answer.IsSuccessStatusCode ? Read(await answer.Content.ReadAsStringAsync(cancel)) : null;
            return token;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>It was refused: the next send asks for another.</summary>
    public void Forget() => goodUntil = default;

    public void Dispose() => one.Dispose();

    private string? Read(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var seconds = json.RootElement.TryGetProperty("expires_in", out var life) && life.TryGetInt32(out var given)
                ? Math.Clamp(given, 0, 24 * 3600) : 0;
            goodUntil = wallClock.GetUtcNow() + TimeSpan.FromSeconds(seconds) - Margin;
            return json.RootElement.GetProperty("access_token").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private string Assertion()
    {
        var now = wallClock.GetUtcNow();
        var head = Part(new { alg = "RS256", typ = "JWT" });
        var claims = Part(new
        {
            iss = options.Account, scope = Scope, aud = options.TokenUrl.AbsoluteUri, iat = now.ToUnixTimeSeconds(),
            exp = (now + Life).ToUnixTimeSeconds(),
        });
        using var key = RSA.Create();
        key.ImportFromPem(options.PrivateKey);
        var signature = key.SignData(
            System.Text.Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}

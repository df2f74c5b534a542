using System.Text;
using LStep.Api.Auth;
using LStep.Grains.People;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Ingest;

/// <summary>Which write key a request came with.</summary>
internal static class WriteKey
{
    /// <summary>The user name of Basic authorisation; null without one.</summary>
    public static string? OfHeader(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return null;
        var encoded = header.AsSpan(6).Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length)) return null;
        var userAndPassword = Encoding.UTF8.GetString(bytes, 0, length);
        var user = userAndPassword.Split(':', 2)[0];
        return user.Length > 0 ? user : null;
    }

    /// <summary>Null when it is no key, or one of another role.</summary>
    public static async ValueTask<Key?> Find(this KeyRing ring, string? secret, HttpContext http) =>
        !string.IsNullOrEmpty(secret) && await ring.Find(secret, http.RequestAborted) is { Role: Role.Ingest } key ? key : null;
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace LStep.Api.Auth.Oidc;

/// <summary>
/// Keeps what a sign-in under way hands to the browser unread and unchanged: AES-256-GCM with a key of the installation, which every silo
/// knows. The framework's own provider wants a folder for keys that the silos would have to share.
/// </summary>
internal sealed class InstallationProtection(byte[] key, string purpose = "sign-in") : IDataProtector
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    private readonly byte[] own = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyBytes, info: Encoding.UTF8.GetBytes(purpose));

    public IDataProtector CreateProtector(string purpose1) => new InstallationProtection(own, purpose1);

    public byte[] Protect(byte[] plaintext)
    {
        var box = new byte[NonceBytes + TagBytes + plaintext.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(own, TagBytes);
        aes.Encrypt(
            box.AsSpan(0, NonceBytes), plaintext, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes));
        return box;
    }

    /// <exception cref="CryptographicException">It was made up or changed, or is of another installation or purpose.</exception>
    public byte[] Unprotect(byte[] protectedData)
    {
        if (protectedData.Length < NonceBytes + TagBytes) throw new CryptographicException("It is too short.");
        var plain = new byte[protectedData.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(own, TagBytes);
        aes.Decrypt(
            protectedData.AsSpan(0, NonceBytes), protectedData.AsSpan(NonceBytes + TagBytes),
            protectedData.AsSpan(NonceBytes, TagBytes), plain);
        return plain;
    }
}

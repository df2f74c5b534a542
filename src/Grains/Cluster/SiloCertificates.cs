using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LStep.Domain;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Connections.Security;

namespace LStep.Grains.Cluster;

/// <summary>
/// What a silo presents to the other silos, and whom it accepts: holders of a certificate of the same authority and nobody else.
/// </summary>
public sealed class SiloCertificates
{
    // A certificate that the same authority gave to a web server opens no silo: a silo calls and is called, so it needs both usages.
    private static readonly Oid[] Usages = [new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")];

    /// <summary>How often it is looked whether the files have changed; a look is made when somebody connects.</summary>
    private const int LookEveryMs = 10_000;

    private readonly (string Certificate, string Key, string Authority) files;
    private readonly TimeProvider clock;
    private readonly Lock looking = new();
    private volatile Held held;
    private long lookedAt = Environment.TickCount64;

    private SiloCertificates((string, string, string) files, TimeProvider clock)
    {
        (this.files, this.clock) = (files, clock);
        held = Load();
    }

    /// <summary>Where it is told that changed files were taken, or could not be.</summary>
    public ILogger Log { get; set; } = NullLogger.Instance;

    /// <summary>Null where no file is given.</summary>
    /// <param name="certificate">Path of a PEM file: the silo's certificate, then those between it and the authority's, if there are
    /// any.</param>
    /// <param name="key">Path of a PEM file: the certificate's private key, without a passphrase.</param>
    /// <param name="authority">Path of a PEM file: the certificates of the authority, more than one while it is replaced.</param>
    /// <exception cref="InvalidDataException">With these files no other silo could be reached; the message says why and holds nothing of
    /// the key.</exception>
    public static SiloCertificates? Read(string? certificate, string? key, string? authority, TimeProvider clock)
    {
        if (certificate is null && key is null && authority is null) return null;
        if (certificate is null || key is null || authority is null)
            throw new InvalidDataException("--silo-cert, --silo-key and --silo-ca are given together, or none of them.");
        return new SiloCertificates((certificate, key, authority), clock);
    }

    /// <summary>
    /// Files that were replaced hold for the connections made from then on, without a restart. Of files that do not fit each other, as
    /// while they are being written, nothing is taken: the next look tries again.
    /// </summary>
    private void Look()
    {
        lock (looking)
        {
            if (Environment.TickCount64 - lookedAt < LookEveryMs) return;
            lookedAt = Environment.TickCount64;
            try
            {
                if (Stamps() == held.Stamps) return;
                held = Load();
                Log.LogInformation(
                    "The silo's certificate was read again; it is valid until {Until:u}", held.Own.NotAfter.ToUniversalTime());
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                Log.LogWarning("The silo's certificate stays the one of before: {Reason}", e.Message);
            }
        }
    }

    /// <summary>A certificate, its chain, and the authority it accepts, as they were read together.</summary>
    private sealed record Held(
        X509Certificate2 Own, SslStreamCertificateContext Shown, X509Certificate2Collection Authority, string Stamps);

    private Held Load()
    {
        var stamps = Stamps();
        var chain = AllOf(files.Certificate, "certificate");
        var roots = AllOf(files.Authority, "authority's certificate");
        if (!roots.Any(IsRoot)) throw new InvalidDataException($"{files.Authority} holds no root certificate of an authority.");
        var own = WithKey(files.Certificate, files.Key);
        var now = clock.GetUtcNow();
        if (own.NotAfter.ToUniversalTime() < now || own.NotBefore.ToUniversalTime() > now)
            throw new InvalidDataException(
                $"The silo's certificate in {files.Certificate} is valid from {own.NotBefore.ToUniversalTime():u} to "
                    + $"{own.NotAfter.ToUniversalTime():u}, which is not now.");
        chain.RemoveAt(0);
        if (WhyNot(own, chain, roots) is { } reason)
            throw new InvalidDataException(
                $"No other silo would accept the certificate in {files.Certificate} by {files.Authority}: {reason}");
        return new Held(own, SslStreamCertificateContext.Create(own, chain, offline: true), roots, stamps);
    }

    /// <summary>Differs when one of the files was written again, also where a link was bent to another file.</summary>
    private string Stamps() => string.Join(' ', new[] { files.Certificate, files.Key, files.Authority }.Select(path =>
    {
        var file = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
        return $"{file} {File.GetLastWriteTimeUtc(file).Ticks}";
    }));

    /// <summary>Both sides of a connection show a certificate and check the other's.</summary>
    internal void Apply(TlsOptions tls)
    {
        tls.LocalCertificate = held.Own; // asked for at the start; what is shown is chosen for each connection below
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        // The name is not compared: silos find each other by addresses that change with every start. What counts is that the authority
        // gives such certificates to silos only; any of them may answer for any other, as each silo may do everything anyway.
        tls.RemoteCertificateValidation = (_, _, errors) =>
            (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None;
        tls.HandshakeTimeout = TimeSpan.FromSeconds(ClusterLimits.HandshakeSecondsMax);
        tls.OnAuthenticateAsServer = (_, options) =>
        {
            Look();
            var current = held;
            var server = (SslServerAuthenticationOptions)options.SslServerAuthenticationOptions;
            (server.CertificateChainPolicy, server.ServerCertificateContext) = (Policy(current.Authority), current.Shown);
            server.ServerCertificateSelectionCallback = null; // Orleans' own, which would choose without the certificates between
        };
        tls.OnAuthenticateAsClient = (_, options) =>
        {
            Look();
            var current = held;
            var client = (SslClientAuthenticationOptions)options.SslClientAuthenticationOptions;
            (client.CertificateChainPolicy, client.ClientCertificateContext) = (Policy(current.Authority), current.Shown);
        };
    }

    /// <summary>The given authority alone: nothing that the machine trusts counts, and nothing is fetched from anywhere.</summary>
    private static X509ChainPolicy Policy(X509Certificate2Collection authority)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        foreach (var usage in Usages) policy.ApplicationPolicy.Add(usage);
        foreach (var one in authority) (IsRoot(one) ? policy.CustomTrustStore : policy.ExtraStore).Add(one);
        return policy;
    }

    private static string? WhyNot(
        X509Certificate2 certificate, X509Certificate2Collection between, X509Certificate2Collection authority)
    {
        using var chain = new X509Chain { ChainPolicy = Policy(authority) };
        chain.ChainPolicy.ExtraStore.AddRange(between);
        return chain.Build(certificate) ? null : string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation).Distinct());
    }

    private static bool IsRoot(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static X509Certificate2Collection AllOf(string path, string what)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(Text(path, what));
        }
        catch (CryptographicException e)
        {
            throw new InvalidDataException($"The {what} in {path} cannot be read: {e.Message}", e);
        }
        return all.Count > 0 ? all : throw new InvalidDataException($"{path} holds no {what} in PEM.");
    }

    private static X509Certificate2 WithKey(string certificate, string key)
    {
        try
        {
            return X509Certificate2.CreateFromPem(Text(certificate, "certificate"), Text(key, "key"));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // Without the inner exception, so that nothing of the key can come with it.
            throw new InvalidDataException(
                $"{key} holds no private key in PEM that fits the certificate in {certificate} and has no passphrase.");
        }
    }

    private static string Text(string path, string what)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The silo's {what} cannot be read: {e.Message}", e);
        }
    }
}

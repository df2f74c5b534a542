namespace LStep.Grains.Campaigns.Channels.Http;

/// <summary>Which receivers a channel may call.</summary>
public enum Reach
{
    /// <summary>Strangers may have chosen it: what its name resolves to when it is called has to be public, and TLS is spoken.</summary>
    PublicOverTls,

    /// <summary>Also this machine and its network, and plain HTTP; still no metadata service.</summary>
    AlsoPrivate,

    /// <summary>The operator's own choice, or a provider that is named in the code: nothing is checked, and proxies are used.</summary>
    Anywhere,
}

namespace LStep.Grains.Campaigns.Channels.Http;

/// <summary>Which receivers a channel may call.</summary>
public enum Reach
{
    /// <summary>Addresses that strangers may have chosen: public ones over TLS, whatever the name resolves to at the moment of the call.</summary>
    PublicOverTls,

    /// <summary>Also this machine and its network, and plain HTTP; still no metadata service.</summary>
    AlsoPrivate,

    /// <summary>The operator's own choice, or a provider that is named in the code: nothing is checked, and proxies are used.</summary>
    Anywhere,
}

namespace LStep.Grains.Campaigns.Links;

/// <param name="PublicUrl">What links in messages begin with.</param>
/// <param name="Tracking">Off: mails go out with the links that they were written with and without a pixel, and what comes by links of
/// mails that were sent before is not recorded. Unsubscribing works as ever.</param>
public sealed record MessageLinkOptions(Uri PublicUrl, bool Tracking = true)
{
    /// <summary>Without a slash at its end.</summary>
    internal string Base => PublicUrl.GetLeftPart(UriPartial.Path).TrimEnd('/');
}

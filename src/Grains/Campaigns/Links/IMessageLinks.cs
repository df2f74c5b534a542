using LStep.Domain.Campaigning;

namespace LStep.Grains.Campaigns.Links;

/// <summary>Signed links of one message: they name the action, tell nobody who it went to, and cannot be made by anybody else.</summary>
public interface IMessageLinks
{
    /// <summary>Shows what the person is sent and lets them choose; one click of RFC 8058 posts to it.</summary>
    Uri Unsubscribe(string customerId, long actionId, Channel channel);

    /// <summary>The mail with its links leading over the product, and with a pixel that tells it was opened.</summary>
    string Tracked(string html, string customerId, long actionId);
}

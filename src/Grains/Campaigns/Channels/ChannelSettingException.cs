namespace LStep.Grains.Campaigns.Channels;

/// <summary>
/// A setting of a channel cannot be meant; the message names it, says how it should look, and repeats no value that may be secret.
/// </summary>
public sealed class ChannelSettingException(string message) : Exception(message);

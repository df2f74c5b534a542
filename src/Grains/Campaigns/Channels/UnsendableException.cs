namespace LStep.Grains.Campaigns.Channels;

/// <summary>This message can be sent to nobody by this channel, however often it is tried; the message says what is wrong with it.</summary>
public sealed class UnsendableException(string message) : Exception(message);

namespace LStep.Grains.Campaigns.Channels;

/// <summary>No try of this channel could ever send this message; the exception says what is wrong with it.</summary>
public sealed class UnsendableException(string message) : Exception(message);

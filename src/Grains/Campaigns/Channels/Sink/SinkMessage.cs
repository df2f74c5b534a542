using LStep.Domain.Campaigning;

namespace LStep.Grains.Campaigns.Channels.Sink;

/// <summary>Keeps a message that a sink took; a key that is there already is replaced.</summary>
public delegate Task KeepInSink(SinkMessage message, CancellationToken cancel);

/// <summary>A message as it would have gone out.</summary>
/// <param name="To">Address, number of devices or receiver, as people read it.</param>
/// <param name="Text">Of a mail also its text part; of a webhook the body.</param>
/// <param name="Mime">Of a mail: whole, as it would have gone over the line.</param>
public sealed record SinkMessage(
    Guid Key, long ActionId, Channel Channel, string CustomerId, string Campaign, int Step, DateTimeOffset At, string To, string Subject,
    string Text, string? Html, byte[]? Mime);

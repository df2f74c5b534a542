using LStep.Api.Http;

namespace LStep.Workbench.Replay;

/// <summary>One message for the ingest, ready to be put into a batch.</summary>
/// <param name="Sender">userId, or anonymousId where there is none; its messages keep their order.</param>
public sealed record SegmentMessage(string Sender, DateTimeOffset At, ReadOnlyMemory<byte> Json);

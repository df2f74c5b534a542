namespace LStep.Api.Ingest;

internal static class IngestClock
{
    /// <summary>Now, in whole milliseconds.</summary>
    public static DateTimeOffset Now(TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}

using System.Globalization;

namespace LStep.Workbench.Replay;

/// <summary>The time of a message, as it is written.</summary>
public static class MessageTime
{
    public static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

using LStep.Silo;

namespace LStep.Workbench.Sends;

/// <summary>Where it is about one in the afternoon now: no quiet hour holds anything.</summary>
public static class Noon
{
    public static string Zone()
    {
        var east = 13 - MachineClock.Instance.GetUtcNow().Hour;
        // The signs of these names are the wrong way round (POSIX).
        return east > 0 ? $"Etc/GMT-{east}" : $"Etc/GMT+{-east}";
    }
}

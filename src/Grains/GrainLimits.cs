namespace LStep.Grains;

/// <summary>Bounds of the grains' own work; the unit is in the name.</summary>
public static class GrainLimits
{
    /// <summary>Activities of one customer that are recorded together; a single call may bring more.</summary>
    public const int ActivitiesPerTurnMax = 2_500;

    /// <summary>Times that one turn is halved because the database refused it; what is left then is refused as a whole.</summary>
    public const int RefusalsPerTurnMax = 256;

    /// <summary>Calls that wait at one grain; one more is refused and its sender told to come again.</summary>
    public const int CallsWaitingMax = 10_000;

    /// <summary>A call is given up after this.</summary>
    public static readonly TimeSpan CallMax = TimeSpan.FromSeconds(30);

    /// <summary>Nobody stays in memory for longer than this after the last call.</summary>
    public static readonly TimeSpan IdleMax = TimeSpan.FromMinutes(15);

    /// <summary>Customers called at once for what time made due.</summary>
    public const int DueCallsMax = 128;
}

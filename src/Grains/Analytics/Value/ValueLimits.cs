namespace LStep.Grains.Analytics.Value;

/// <summary>Bounds of the figures of value; the unit is in the name.</summary>
public static class ValueLimits
{
    /// <summary>Read in one question while everybody's payments are gone through.</summary>
    public const int PayersPerPageMax = 2_000;

    /// <summary>Fewer payers say nothing of anybody's payments to come.</summary>
    public const int PayersMin = 10;

    public const int ModelsKept = 30;

    /// <summary>A process knows of a new model so late at most.</summary>
    public const int ModelKnownForSeconds = 10;

    /// <summary>A reader waits so long for what is not counted yet; past it the answer says how far it is.</summary>
    public const int FollowMsMax = 2_000;

    /// <summary>Days of campaigns whose sums are made again in one transaction.</summary>
    public const int ChangesPerPageMax = 100;

    /// <summary>Customers whose health is compared with what they say; of more, about as many are drawn.</summary>
    public const int ComparedCustomersMax = 20_000;

    public const int PeopleMax = 100;

    /// <summary>What one send or incentive may cost.</summary>
    public const decimal CostMax = 1_000_000;

    public const int CostsMax = 500;
}

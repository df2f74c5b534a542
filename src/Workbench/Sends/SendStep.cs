namespace LStep.Workbench.Sends;

/// <summary>Where in a send a silo is killed.</summary>
public enum SendStep
{
    /// <summary>The claim has written what it is about to send, and has not committed.</summary>
    ClaimBeforeCommit,

    /// <summary>The claim is being committed, and nothing has been given away.</summary>
    ClaimCommits,

    /// <summary>The receiver has the whole of it and has not answered.</summary>
    OnItsWay,

    /// <summary>The receiver has answered, and the settlement is not written.</summary>
    Answered,

    /// <summary>The settlement is being committed; it may arrive or not.</summary>
    SettlementCommits,

    /// <summary>At any moment after something had become due.</summary>
    AnyMoment,
}

internal static class SendSteps
{
    public static string Name(this SendStep step) => step switch
    {
        SendStep.ClaimBeforeCommit => "before the claim's commit",
        SendStep.ClaimCommits => "after the claim, before the call",
        SendStep.OnItsWay => "on its way: received and not answered",
        SendStep.Answered => "answered and not settled",
        SendStep.SettlementCommits => "while the settlement commits",
        _ => "at a random moment",
    };

    /// <summary>The hold of sql/workbench/sends_holds.sql at which a silo stands at this step; null where none does.</summary>
    public static int? Hold(this SendStep step) => step switch
    {
        SendStep.ClaimBeforeCommit => 502026001,
        SendStep.ClaimCommits => 502026002,
        SendStep.Answered => 502026003,
        SendStep.SettlementCommits => 502026004,
        _ => null,
    };
}

using LStep.Domain;

namespace LStep.Grains.Reviews;

/// <summary>Names of the review statuses in the tables and the API.</summary>
public static class ReviewStatuses
{
    public static string Name(ReviewStatus status) => status switch
    {
        ReviewStatus.Open => "open",
        ReviewStatus.Approved => "approved",
        ReviewStatus.Rejected => "rejected",
        ReviewStatus.Superseded => "superseded",
        ReviewStatus.Withdrawn => "withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "no such review status"),
    };
}

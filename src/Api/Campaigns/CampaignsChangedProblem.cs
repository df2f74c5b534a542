using System.Reflection;
using LStep.Api.Http;
using LStep.Grains.Campaigns.Sets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace LStep.Api.Campaigns;

/// <summary>Somebody else has published since: who and when, so that one can look at it and decide.</summary>
public sealed class CampaignsChangedProblem(int status, CampaignSetHead newest, int madeFrom)
    : ProblemResult(Problems.Make(
        status, Code,
        $"Version {newest.Version} of the campaigns is in force, published by {newest.Author} on {Json.Instant(newest.PublishedAt)}; "
            + $"these were made from version {madeFrom}. Look at what it changed, and publish again from there.")),
        IEndpointMetadataProvider
{
    private const string Code = "campaigns_changed";

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProblemResponse(StatusCodes.Status409Conflict, Code));
        builder.Metadata.Add(new ProblemResponse(StatusCodes.Status412PreconditionFailed, Code));
    }
}

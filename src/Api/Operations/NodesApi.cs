using LStep.Api.Http;
using LStep.Grains.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Operations;

/// <summary>Which processes serve.</summary>
public static class NodesApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/nodes", All).WithName("listNodes").WithTags("Operations")
            .WithSummary("Nodes")
            .WithDescription("The processes on this database. One that ended is not listed, one that died is for a day.");

    private static async Task<Ok<Page<NodeRow>>> All(Nodes nodes, HttpContext http) =>
        TypedResults.Ok(new Page<NodeRow>([.. (await nodes.All(http.RequestAborted)).Select(NodeRow.Of)], null));
}

using LStep.Domain.Deciding;
using LStep.Grains.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api;

/// <param name="Status">starting, serving, draining, stopping, or lost when it was not heard of for 15 s.</param>
public sealed record NodeRow(string Name, string Address, string Version, string Status, DateTimeOffset StartedAt, DateTimeOffset SeenAt)
{
    public static NodeRow Of(Node node) => new(node.Name, node.Address, node.Version, node.IsLost ? "lost" : node.Phase, node.StartedAt, node.SeenAt);
}

/// <summary>Which processes serve.</summary>
public static class NodesApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/nodes", All).Tagged("Operations")
            .Told("Nodes", "The processes on this database. One that ended is not listed, one that died is for a day.")
            .Answers<Page<NodeRow>>(200, 401);

    private static async Task<IResult> All(Nodes nodes, HttpContext http) =>
        Results.Ok(new Page<NodeRow>([.. (await nodes.All(http.RequestAborted)).Select(NodeRow.Of)], null));
}

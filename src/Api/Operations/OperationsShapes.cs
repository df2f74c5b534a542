using LStep.Grains;
using LStep.Grains.Operations;

namespace LStep.Api.Operations;

public sealed record Health(string Status);

/// <param name="Id">Host and port: the same again when the process is started again.</param>
/// <param name="Phase">starting, serving, draining, stopping, or lost when it has not reported for 15 s.</param>
public sealed record NodeRow(string Id, string Address, string Version, string Phase, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt)
{
    public static NodeRow Of(Node node) =>
        new(node.Name, node.Address, node.Version, node.IsLost ? "lost" : node.Phase, node.StartedAt, node.SeenAt);
}

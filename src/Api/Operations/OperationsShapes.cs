using LStep.Api.Http;
using LStep.Grains;
using LStep.Grains.Operations;

namespace LStep.Api.Operations;

/// <summary>ChangedAt and ChangedBy are null while nobody has touched the flag.</summary>
public sealed record Flag(string Name, RawJson Value, DateTimeOffset? ChangedAt, string? ChangedBy);

public sealed record Health(string Status);

/// <param name="Id">Host and port: the same again when the process is started again.</param>
/// <param name="Phase">starting, serving, draining, stopping, or lost when it was not heard of for 15 s.</param>
public sealed record NodeRow(string Id, string Address, string Version, string Phase, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt)
{
    public static NodeRow Of(Node node) =>
        new(node.Name, node.Address, node.Version, node.IsLost ? "lost" : node.Phase, node.StartedAt, node.SeenAt);
}

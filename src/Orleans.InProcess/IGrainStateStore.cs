using Orleans.Runtime;

namespace Orleans.InProcess;

/// <param name="Json">The state as a JSON text.</param>
/// <param name="Etag">Changes with every write.</param>
public sealed record StoredState(string Json, string Etag);

/// <summary>
/// Where persistent states live. Registered without a key for [PersistentState("name")], with the storage's name as its
/// key for [PersistentState("name", "storage")].
/// </summary>
public interface IGrainStateStore
{
    /// <summary>Null when nothing is stored.</summary>
    Task<StoredState?> Read(GrainId grain, string name);

    /// <summary>Writes over the version with this etag (null: over none) and returns the new one.</summary>
    /// <exception cref="Storage.InconsistentStateException">Another version is stored.</exception>
    Task<string> Write(GrainId grain, string name, string json, string? etag);

    /// <summary>Removes the version with this etag (null: there must be none).</summary>
    /// <exception cref="Storage.InconsistentStateException">Another version is stored.</exception>
    Task Clear(GrainId grain, string name, string? etag);
}

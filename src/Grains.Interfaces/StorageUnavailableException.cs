namespace LStep;

/// <summary>
/// PostgreSQL could not be reached or went away. What was under way may or may not have been written: read again before relying on it.
/// It tells its cause and does not carry it: it goes from silo to silo, and what a database driver throws cannot go along.
/// </summary>
[GenerateSerializer, Alias("lstep.storage-unavailable")]
public sealed class StorageUnavailableException(string message) : Exception(message)
{
    /// <summary>A sentence without anything that only operators may know.</summary>
    [Id(0)]
    public string Reason { get; init; } = "The database does not answer.";
}

namespace LStep;

/// <summary>PostgreSQL could not be reached or went away. What was under way may or may not have been written: read again before relying on it.</summary>
[GenerateSerializer, Alias("lstep.storage-unavailable")]
public sealed class StorageUnavailableException(string message, Exception? cause = null) : Exception(message, cause)
{
}

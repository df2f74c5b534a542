namespace LStep.Grains.Storage;

/// <summary>The database does not answer, or ended the connection. The caller may try again.</summary>
public sealed class StorageUnavailableException(string message, Exception? cause = null) : Exception(message, cause)
{
}

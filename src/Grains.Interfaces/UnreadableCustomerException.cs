namespace LStep;

/// <summary>
/// A customer's row is there and cannot be understood. Nothing was read or written; once the row is mended, the same call succeeds.
/// It tells its cause and does not carry it, as <see cref="StorageUnavailableException"/> does.
/// </summary>
[GenerateSerializer, Alias("lstep.unreadable-customer")]
public sealed class UnreadableCustomerException(string message) : Exception(message)
{
    /// <summary>The code of problems, rejections and list entries that come of it.</summary>
    public const string Code = "unreadable_customer";
}

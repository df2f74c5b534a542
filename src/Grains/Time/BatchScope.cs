namespace LStep.Grains.Time;

/// <summary>Over whom a batch goes that people ask for.</summary>
/// <param name="Name">As answers and the audit log call it.</param>
/// <param name="Tag">Only those who have it when the batch is opened.</param>
/// <param name="Customers">Only these, each once; ids that nobody has are counted.</param>
public sealed record BatchScope(string Name, StatusTag? Tag = null, IReadOnlyCollection<string>? Customers = null)
{
    public const string OfTag = "tag";
    public const string OfCustomers = "customers";

    /// <summary>What a person did to some customers at once.</summary>
    public const string Bulk = "bulk";

    public static BatchScope Everybody { get; } = new(RequestedRuns.Scope);

    public static BatchScope Of(StatusTag tag) => new(OfTag, tag);

    public static BatchScope Of(IEnumerable<string> customers) =>
        new(OfCustomers, Customers: customers.ToHashSet(StringComparer.Ordinal));
}

namespace LStep.Grains.Feeds;

/// <summary>Customers that something of the live feed keeps in memory.</summary>
/// <param name="AddTo">Adds every one of them.</param>
/// <param name="Forget">Takes out the names of those that were erased.</param>
internal sealed record KeptNames(Action<ISet<string>> AddTo, Action<IReadOnlySet<string>> Forget)
{
    /// <summary>In place of a name that was erased.</summary>
    public const string Nobody = "";

    /// <param name="of">Of an entry the customer; null where it is about none.</param>
    /// <param name="without">The entry without the customer.</param>
    public static KeptNames In<T>(Ring<T> ring, Func<T, string?> of, Func<T, T> without) => new(
        names => ring.Replace(entry =>
        {
            if (of(entry) is { } name) names.Add(name);
            return entry;
        }),
        erased => ring.Replace(entry => of(entry) is { } name && erased.Contains(name) ? without(entry) : entry));
}

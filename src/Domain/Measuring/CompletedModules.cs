namespace LStep.Domain.Measuring;

/// <summary>Each module counts once, on the day of its earliest completion, whatever order the completions come in.</summary>
static class CompletedModules
{
    /// <param name="gained">Where one more counts, or null.</param>
    /// <param name="lost">Where one counted that no longer does, or null.</param>
    public static Lifetime Add(Lifetime life, Activity completion, out DateTimeOffset? gained, out DateTimeOffset? lost)
    {
        var at = completion.OccurredAt;
        (gained, lost) = (at, null);
        if (!Windows.IsNamed(completion))
            return life with
            {
                Modules = life.Modules + 1,
                LastUnnamedModuleAt = life.LastUnnamedModuleAt > at ? life.LastUnnamedModuleAt : at,
            };
        var (modules, module) = (life.CompletedModules, new CompletedModule(Hashes.Of(completion.Subject!), at));
        var place = modules.AsSpan().BinarySearch(module, ByHash.Instance);
        if (place >= 0)
        {
            lost = modules[place].At;
            if (at < lost) return life with { CompletedModules = modules.SetItem(place, module) };
            (gained, lost) = (null, null);
            return life;
        }
        place = ~place;
        if (modules.Length < Limits.ModulesPerCustomerMax)
            return life with { Modules = life.Modules + 1, CompletedModules = modules.Insert(place, module) };
        // The smallest hashes are kept: the only choice that does not depend on the order of arrival.
        if (place == modules.Length)
        {
            gained = null;
            return life;
        }
        lost = modules[^1].At;
        return life with { CompletedModules = modules.RemoveAt(modules.Length - 1).Insert(place, module) };
    }

    sealed class ByHash : IComparer<CompletedModule>
    {
        public static ByHash Instance { get; } = new();

        public int Compare(CompletedModule x, CompletedModule y) => x.Hash.CompareTo(y.Hash);
    }
}

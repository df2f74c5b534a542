using LStep.Grains;
using LStep.Grains.Customers;
using LStep.Grains.Rules;
using LStep.Grains.Time.Figures;

namespace LStep.Api.Hooks;

/// <summary>
/// Whom an address belongs to, for platforms that know people by it. The searched texts trail the log: what was written a moment ago is
/// taken in first, unless that is much.
/// </summary>
public sealed class PeopleByEmail(CustomerReads customers, FigureRows figures, RulebookSource rulebook, TimeProvider clock)
{
    /// <summary>The customer who has been here longest of those with the address; null where there is none.</summary>
    public async Task<string?> Find(string email, CancellationToken cancel)
    {
        await figures.UpToDate(rulebook.Current, clock.Now(), cancel);
        return await customers.ByEmail(email, cancel);
    }
}

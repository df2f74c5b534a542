using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Grains.Customers;

namespace LStep.Grains.Time;

/// <summary>How many of a page of customers bear which indicator as a business day begins, by tier.</summary>
/// <param name="Counts">The indicator is empty for all that were looked at, the tier for those without one.</param>
public sealed record RisksOfDay(DateOnly Day, IReadOnlyDictionary<(string Indicator, string Tier), int> Counts)
{
    public static RisksOfDay Of(IEnumerable<StoredCustomer> page, BusinessCalendar calendar, DateTimeOffset midnight)
    {
        var counts = new SortedDictionary<(string Indicator, string Tier), int>();
        foreach (var customer in page)
        {
            if (!customer.IsReadable) continue;
            var tier = Tiers.Name(customer.State.Profile.Tier) ?? "";
            Add("", tier);
            foreach (var name in Indicators.Names(Measures.Of(customer.State, calendar, midnight).Raised)) Add(name, tier);
        }
        return new RisksOfDay(calendar.DayOf(midnight), counts);

        void Add(string indicator, string tier) =>
            counts[(indicator, tier)] = counts.GetValueOrDefault((indicator, tier)) + 1;
    }
}

using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Measuring;

namespace LStep.Grains.Customers;

/// <summary>A null field lets every customer pass. Search is a part of id, email or name; days are business days, both included.</summary>
/// <param name="Risk">The name of an indicator, or of a severity.</param>
/// <param name="Behavior">The code of a behaviour tag.</param>
/// <param name="Owner">The trait of that name, as text.</param>
public sealed record CustomerFilter(
    StatusTag? Tag = null, string? Tier = null, string? Search = null, string? Risk = null, string? Behavior = null, string? Owner = null,
    decimal? MinLtv = null, decimal? MaxLtv = null, DateOnly? EnrolledFrom = null, DateOnly? EnrolledTo = null,
    DateOnly? ActiveFrom = null, DateOnly? ActiveTo = null, decimal? MinChurn = null, decimal? MaxChurn = null)
{
    private const int FirstBehaviorFacet = 16;

    /// <summary>No customer is older, and every zone can say when its days begin.</summary>
    private static readonly DateOnly FirstDay = new(1900, 1, 1), LastDay = new(9000, 1, 1);

    /// <summary>Whether the states' own columns tell, without the figures.</summary>
    public bool IsOfColumns => this == new CustomerFilter(Tag, Tier) && (Tag is null || Tier is null);

    /// <summary>Whether a customer fits as it is now. What is searched is not looked at.</summary>
    public bool Fits(CustomerState state, Rulebook book, DateTimeOffset now)
    {
        var (measures, calendar) = (Measures.Of(state, book, now), book.Calendar);
        return (Tag is null || state.Tag == Tag)
            && (Tier is null || Tiers.Name(state.Profile.Tier) == Tier)
            && (Risk is null || Indicators.All.Any(one => measures.Raised.HasFlag(one) && IsOfRisk(one)))
            && (Behavior is null || BehaviorTags.Has(measures, Behavior))
            && (Owner is null || CustomerFigures.OwnerOf(measures) == Owner)
            && (MinLtv is null || state.Profile.LtvValue >= MinLtv)
            && (MaxLtv is null || state.Profile.LtvValue <= MaxLtv)
            && (MinChurn is null || measures.ChurnProbability >= MinChurn)
            && (MaxChurn is null || measures.ChurnProbability <= MaxChurn)
            && IsWithin(state.EnrolledAt, EnrolledFrom, EnrolledTo, calendar)
            && IsWithin(state.Lifetime.LastActivityAt, ActiveFrom, ActiveTo, calendar);
    }

    /// <summary>As lstep_customers_fit takes it.</summary>
    internal string Json(BusinessCalendar calendar)
    {
        var asked = new Dictionary<string, object>();
        Add("tag", Tag?.Code());
        Add("tier", Tier);
        Add("owner", Owner);
        Add("minLtv", MinLtv);
        Add("maxLtv", MaxLtv);
        Add("minChurn", MinChurn);
        Add("maxChurn", MaxChurn);
        Add("enrolledFrom", Begin(EnrolledFrom, calendar));
        Add("enrolledBefore", End(EnrolledTo, calendar));
        Add("activeFrom", Begin(ActiveFrom, calendar));
        Add("activeBefore", End(ActiveTo, calendar));
        var risks = Risk is null ? [] : Indicators.All.Where(IsOfRisk).Select(CustomerFigures.FacetOf).ToList();
        var behaviors = Behavior is null ? [] : new[] { FirstBehaviorFacet + BehaviorTags.PlaceOf(Behavior) };
        if (risks.Count > 1) Add("anyFacet", risks);
        if (risks.Count == 1 || behaviors.Length > 0)
            Add("facets", risks.Count == 1 ? [.. risks, .. behaviors] : behaviors);
        return JsonSerializer.Serialize(asked);

        void Add(string name, object? value)
        {
            if (value is not null) asked[name] = value;
        }
    }

    private bool IsOfRisk(RiskIndicators one) => Indicators.Name(one) == Risk || Indicators.Name(Indicators.SeverityOf(one)) == Risk;

    private static bool IsWithin(DateTimeOffset? at, DateOnly? from, DateOnly? to, BusinessCalendar calendar) =>
        (from is null || at >= Begin(from, calendar)) && (to is null || at < End(to, calendar));

    private static DateTimeOffset? Begin(DateOnly? day, BusinessCalendar calendar) =>
        day is { } known ? calendar.StartOf(known < FirstDay ? FirstDay : known > LastDay ? LastDay : known) : null;

    private static DateTimeOffset? End(DateOnly? day, BusinessCalendar calendar) =>
        day is { } known ? Begin(known < LastDay ? known.AddDays(1) : LastDay, calendar) : null;
}

/// <summary>What a list of customers is sorted by; of equal ones the ids decide.</summary>
/// <param name="By">As <see cref="All"/> names it.</param>
public sealed record CustomerOrder(string By = CustomerOrder.Id, bool Falls = false)
{
    public const string Id = "id";

    /// <summary>Risk is the number of indicators. Who has no value comes before those who have.</summary>
    public static IReadOnlyList<string> All { get; } = [Id, "name", "tagSince", "overall", "ltv", "lastActivity", "risk", "churn"];
}

/// <summary>Where a page of a sorted list ended.</summary>
/// <param name="Key">What its last customer was sorted by, as the database writes it.</param>
public sealed record CustomerPlace(string Key, string Id);

/// <summary>Customers that may fit, in order.</summary>
/// <param name="Total">How many fit by their figures, counted up to one more than <see cref="CustomerLimits.CustomersCountedMax"/>.</param>
public sealed record FittingCustomers(IReadOnlyList<CustomerPlace> Places, long Total);

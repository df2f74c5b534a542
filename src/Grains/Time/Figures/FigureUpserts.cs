using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Grains.Customers.Journaling;

namespace LStep.Grains.Time.Figures;

internal sealed class FigureUpserts : ArrayStatement
{
    private readonly List<string?> id, tag, tier, owner, name;
    private readonly List<int?> indicators, risks, behaviors;
    private readonly List<decimal?> overall, engagement, progress, community, ltv;
    private readonly List<DateTimeOffset?> since, active, enrolled, due;

    public const string Store = "figures_store", Differ = "figures_differ";

    public FigureUpserts(string query = Store) : base(query)
    {
        (id, tag, tier, owner, name) = (Texts(), Texts(), Texts(), Texts(), Texts());
        (indicators, risks, behaviors) = (Integers(), Integers(), Integers());
        (overall, engagement, progress, community, ltv) = (Decimals(), Decimals(), Decimals(), Decimals(), Decimals());
        (since, active, enrolled, due) = (Instants(), Instants(), Instants(), Instants());
    }

    public void Add(CustomerFigures figures, string? called)
    {
        id.Add(figures.CustomerId);
        tag.Add(figures.Tag.Code());
        tier.Add(Tiers.Name(figures.Tier) ?? "");
        owner.Add(figures.Owner);
        name.Add(called);
        indicators.Add((int)figures.Indicators);
        risks.Add(Indicators.Count(figures.Indicators));
        behaviors.Add(figures.Behaviors);
        overall.Add(figures.Overall);
        engagement.Add(figures.Engagement);
        progress.Add(figures.Progress);
        community.Add(figures.Community);
        ltv.Add(figures.Ltv);
        since.Add(figures.TagSince);
        active.Add(figures.LastActivityAt);
        enrolled.Add(figures.EnrolledAt);
        due.Add(figures.DueAt);
    }
}

/// <summary>Of figures what a day changes without any event; the rest follows the log and the ledger.</summary>
internal sealed class DayUpdates : ArrayStatement
{
    private readonly List<string?> id;
    private readonly List<int?> indicators, risks, behaviors;

    public DayUpdates() : base("figures_day_store") => (id, indicators, risks, behaviors) = (Texts(), Integers(), Integers(), Integers());

    public void Add(CustomerFigures figures)
    {
        id.Add(figures.CustomerId);
        indicators.Add((int)figures.Indicators);
        risks.Add(Indicators.Count(figures.Indicators));
        behaviors.Add(figures.Behaviors);
    }
}

internal sealed class ForesightUpserts : ArrayStatement
{
    private readonly List<string?> id;
    private readonly List<decimal?> churn, overall;
    private readonly List<int?> model;
    private readonly List<DateTimeOffset?> due, active;

    public const string Store = "figures_foresight_store", Update = "figures_foresight_day_store", Differ = "figures_foresight_differ";

    public ForesightUpserts(string query = Store) : base(query) =>
        (id, churn, model, overall, due, active) = (Texts(), Decimals(), Integers(), Decimals(), Instants(), Instants());

    public void Add(CustomerFigures figures)
    {
        id.Add(figures.CustomerId);
        churn.Add(figures.Churn);
        model.Add(figures.ChurnModel);
        overall.Add(figures.Overall);
        due.Add(figures.DueAt);
        active.Add(figures.LastActivityAt);
    }
}

internal sealed class SearchUpserts : ArrayStatement
{
    private readonly List<string?> id, email, name;
    private readonly List<bool> written;

    public const string Store = "figures_search_store", Differ = "figures_search_differ";

    public SearchUpserts(string query = Store) : base(query) =>
        (id, email, name, written) = (Texts(), Texts(), Texts(), Booleans());

    public void Add(CustomerState state, bool isWritten)
    {
        id.Add(state.CustomerId);
        email.Add(state.Profile.Email);
        name.Add(state.Profile.Name);
        written.Add(isWritten);
    }
}

using System.Text.Json.Serialization;
using LStep.Api.Evaluations;
using LStep.Api.Http;
using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Grains.Customers;

namespace LStep.Api.Customers;

/// <summary>What is done to some customers at once.</summary>
/// <param name="Action">evaluate or override.</param>
/// <param name="Customers">Their ids; or filter says whom.</param>
/// <param name="Filter">Everybody whom GET /api/customers lists with the same parameters.</param>
/// <param name="Tag">Of an override, and needed there.</param>
/// <param name="Reason">Needed for an override: it stands in the ledger.</param>
/// <param name="LockedUntil">Of an override: until then automation leaves the tags alone.</param>
public sealed record BulkAct(
    string? Action = null, IReadOnlyList<string?>? Customers = null, BulkFilter? Filter = null, StatusTag? Tag = null,
    string? Reason = null, DateTimeOffset? LockedUntil = null)
{
    public const string Evaluate = "evaluate", Override = "override";
    public const int CustomersMax = 1_000;
    private const int ReasonCharsMax = 1_000;

    internal InputError[] WhyNot(DateTimeOffset now)
    {
        InputError?[] wrong =
        [
            Action is Evaluate or Override ? null : new("$.action", "bad_value", "action is evaluate or override."),
            (Customers is null) == (Filter is null) ? new("$.customers", "one_of_two", "Either customers or filter says whom.") : null,
            Customers is { Count: 0 } ? new("$.customers", "required", "customers has at least one id.") : null,
            Customers is { Count: > CustomersMax } ? TooMany("$.customers") : null,
            Customers?.ToList().FindIndex(id => !NewEvaluation.IsId(id)) is >= 0 and var at
                ? new($"$.customers[{at}]", "bad_id", $"An id is a text of 1 to {Limits.CustomerIdCharsMax} characters.") : null,
            .. Filter?.WhyNot ?? [],
            .. Action == Override ? OfOverride(now) : OfEvaluate(),
        ];
        return [.. wrong.OfType<InputError>()];
    }

    internal static InputError TooMany(string path) => new(path, "too_many", $"At most {CustomersMax} customers are changed at once.");

    private InputError?[] OfOverride(DateTimeOffset now) =>
    [
        Tag is null ? new("$.tag", "required", "A tag is needed, such as ST_001.") : null,
        TextField.WhyNot("$.reason", Reason, ReasonCharsMax, required: true),
        LockedUntil <= now ? new("$.lockedUntil", "in_the_past", "The lock would have ended already.") : null,
    ];

    private InputError?[] OfEvaluate() =>
        Tag is null && Reason is null && LockedUntil is null ? []
            : [new("$.action", "bad_value", "tag, reason and lockedUntil are of an override.")];
}

/// <summary>As the parameters of GET /api/customers; what is not given lets everybody pass.</summary>
public sealed record BulkFilter(
    StatusTag? Tag = null, string? Tier = null, string? Risk = null, string? Q = null, string? Behavior = null, string? Owner = null,
    decimal? MinLtv = null, decimal? MaxLtv = null, DateOnly? EnrolledFrom = null, DateOnly? EnrolledTo = null,
    DateOnly? ActiveFrom = null, DateOnly? ActiveTo = null, decimal? MinChurn = null, decimal? MaxChurn = null)
{
    internal CustomerFilter Read => new(
        Tag, OneOf(CustomerListApi.TierNames, Tier), Given(Q), OneOf(CustomerListApi.Risks, Risk), OneOf(BehaviorTags.All, Behavior),
        Given(Owner), MinLtv, MaxLtv, EnrolledFrom, EnrolledTo, ActiveFrom, ActiveTo,
        MinChurn, MaxChurn);

    internal InputError?[] WhyNot =>
    [
        Closed("tier", CustomerListApi.TierNames, Tier), Closed("risk", CustomerListApi.Risks, Risk),
        Closed("behavior", BehaviorTags.All, Behavior), TextField.WhyNot("$.filter.q", Q, QueryReader.TextCharsMax),
        TextField.WhyNot("$.filter.owner", Owner, QueryReader.TextCharsMax),
        MinLtv > MaxLtv ? Range("minLtv", "maxLtv") : null,
        MinChurn > MaxChurn ? Range("minChurn", "maxChurn") : null,
        EnrolledFrom > EnrolledTo ? Range("enrolledFrom", "enrolledTo") : null,
        ActiveFrom > ActiveTo ? Range("activeFrom", "activeTo") : null,
    ];

    private static InputError? Closed(string name, IReadOnlyCollection<string> allowed, string? text) =>
        Given(text) is null || OneOf(allowed, text) is not null ? null
            : new($"$.filter.{name}", $"bad_{name}", $"{name} is one of {string.Join(", ", allowed)}.");

    private static InputError Range(string least, string most) =>
        new($"$.filter.{least}", "bad_range", $"{least} is not above {most}.");

    private static string? OneOf(IReadOnlyCollection<string> allowed, string? text) =>
        allowed.FirstOrDefault(one => one.Equals(text, StringComparison.OrdinalIgnoreCase));

    private static string? Given(string? text) => text is { Length: > 0 } ? text : null;
}

/// <param name="Outcome">
/// moved, review_opened, unchanged, or refused: then code says why. What time had made due is part of it.
/// </param>
public sealed record BulkOutcome(
    string Id, string Outcome, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code = null)
{
    public const string Moved = "moved", ReviewOpened = "review_opened", Unchanged = "unchanged", Refused = "refused";

    internal static BulkOutcome Not(string id, string code) => new(id, Refused, code);
}

/// <param name="BatchId">POST /api/undo takes back what was moved; null where nobody was meant.</param>
public sealed record BulkOutcomes(string? BatchId, IReadOnlyList<BulkOutcome> Items);

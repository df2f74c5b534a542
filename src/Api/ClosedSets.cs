using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.Api.Analytics;
using LStep.Api.Campaigns;
using LStep.Api.Customers;
using LStep.Api.Evaluations;
using LStep.Api.Events;
using LStep.Api.Http;
using LStep.Api.Ingest;
using LStep.Api.Operations;
using LStep.Api.Predictions;
using LStep.Api.Recommendations;
using LStep.Api.Reviews;
using LStep.Api.Rules;
using LStep.Api.Sessions;
using LStep.Api.Trials;
using LStep.Domain;
using LStep.Domain.Analysing;
using LStep.Domain.Campaigning;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Domain.Recommending;
using LStep.Grains.Customers;
using LStep.Grains.Evaluations;
using LStep.Grains.People;
using LStep.Grains.Predictions;
using LStep.Grains.Reviews;
using LStep.Grains.Time;
using LStep.Grains.Time.Daily;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LStep.Api;

/// <summary>Texts out of a closed set: the OpenAPI document lists them, so that a reader's compiler knows them all.</summary>
internal static class ClosedSets
{
    private static readonly string[] IndicatorNames = [.. Indicators.All.Select(one => Indicators.Name(one))];
    private static readonly string[] SeverityNames = [.. Enum.GetValues<Severity>().Select(one => Indicators.Name(one))];
    private static readonly string[] KpiNames = [.. KpiKinds.All.Select(kind => kind.Name())];
    private static readonly string[] TrendNames = [.. Enum.GetValues<Trend>().Select(Trends.Name)];
    private static readonly string[] TagCodes = [.. StatusTags.All.Select(tag => tag.Code())];
    private static readonly string[] ProductTags = [.. Enum.GetValues<Tier>().Select(tier => Tiers.ProductTag(tier)!)];

    private static readonly string[] PhaseNames = [.. Enum.GetValues<Grains.Phase>().Select(SnakeCase.Of), "lost"];
    private static readonly string[] ChannelNames = [.. Channels.All.Select(channel => channel.Name())];

    /// <summary>Of every refusal there is, those that are made with a text or number of their own too.</summary>
    private static readonly string[] RefusalCodes =
    [
        .. typeof(Refusal).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(maker => maker.ReturnType == typeof(Refusal))
            .Select(maker => maker.Invoke(
                null, [.. maker.GetParameters().Select(each => each.ParameterType == typeof(string) ? "" : (object)0)]))
            .Select(refusal => ((Refusal)refusal!).Code).Distinct().Order(StringComparer.Ordinal),
    ];

    private static readonly Dictionary<(Type, string), string[]> Names = new()
    {
        [(typeof(ScoresView), nameof(ScoresView.Trend))] = TrendNames,
        [(typeof(DailyMetricsRow), nameof(DailyMetricsRow.ScoreTrend))] = TrendNames,
        [(typeof(DailyMetricsRow), nameof(DailyMetricsRow.RiskIndicators))] = IndicatorNames,
        [(typeof(IndicatorView), nameof(IndicatorView.Type))] = IndicatorNames,
        [(typeof(IndicatorView), nameof(IndicatorView.Severity))] = SeverityNames,
        [(typeof(CustomerRow), nameof(CustomerRow.Tier))] = CustomerListApi.TierNames,
        [(typeof(Customer), nameof(Customer.Tier))] = CustomerListApi.TierNames,
        [(typeof(ReviewRow), nameof(ReviewRow.Status))] = [.. Enum.GetValues<ReviewStatus>().Select(ReviewStatuses.Name)],
        [(typeof(TimelineItem), nameof(TimelineItem.Kind))] = [.. Enum.GetValues<TimelineKind>().Select(SnakeCase.Of)],
        [(typeof(WhoAmI), nameof(WhoAmI.Role))] = [.. Enum.GetValues<Role>().Where(role => role != Role.Ingest).Select(Tokens.NameOf)],
        [(typeof(EventEntry), nameof(EventEntry.Activity))] = EventsApi.ActivityNames,
        [(typeof(EventEntry), nameof(EventEntry.DecidedBy))] = EventsApi.DecidedByNames,
        [(typeof(EventDecision), nameof(EventDecision.Activity))] = EventsApi.ActivityNames,
        [(typeof(Suggestion), nameof(Suggestion.Activity))] = EventsApi.ActivityNames,
        [(typeof(CustomerRow), nameof(CustomerRow.ProductTag))] = ProductTags,
        [(typeof(Customer), nameof(Customer.ProductTag))] = ProductTags,
        [(typeof(MatrixCell), nameof(MatrixCell.ProductTag))] = ProductTags,
        [(typeof(ReviewRow), nameof(ReviewRow.Reasons))] = [.. DecisionWords.Reasons],
        [(typeof(Evaluation), nameof(Evaluation.ReviewReasons))] = [.. DecisionWords.Reasons],
        [(typeof(Evaluation), nameof(Evaluation.Held))] = [.. DecisionWords.Held],
        [(typeof(RuleOutcome), nameof(RuleOutcome.Held))] = [.. DecisionWords.Held],
        [(typeof(RuleRow), nameof(RuleRow.From))] = TagCodes,
        [(typeof(RuleRow), nameof(RuleRow.To))] = TagCodes,
        [(typeof(BulkOutcome), nameof(BulkOutcome.Outcome))] = [
            BulkOutcome.Moved, BulkOutcome.ReviewOpened, BulkOutcome.Unchanged, BulkOutcome.Refused],
        [(typeof(BatchRow), nameof(BatchRow.Scope))] = [
            Batches.Daily, RequestedRuns.Scope, BatchScope.OfTag, BatchScope.OfCustomers, Publication.RulesScope,
            Publication.FlagsScope, Publication.ModelScope, BatchScope.Bulk],
        [(typeof(TrainingRow), nameof(TrainingRow.Step))] = TrainingSteps.All,
        [(typeof(TrainingRow), nameof(TrainingRow.Result))] = TrainingResults.All,
        [(typeof(FeatureMove), nameof(FeatureMove.Verdict))] = FeatureMove.Verdicts,
        [(typeof(DriftReport), nameof(DriftReport.Verdict))] = [.. FeatureMove.Verdicts, PredictionWatchReport.TooFew],
        [(typeof(OutcomeReport), nameof(OutcomeReport.Verdict))] = [PredictionWatchReport.Known, PredictionWatchReport.TooFew],
        [(typeof(BatchedMessage), nameof(BatchedMessage.Type))] = ["track", "identify", "page", "screen", "group", "alias"],
        [(typeof(RejectedMessage), nameof(RejectedMessage.Code))] = RefusalCodes,
        [(typeof(MessageReply), nameof(MessageReply.Code))] = RefusalCodes,
        [(typeof(Asked), nameof(Asked.Action))] = [.. Enum.GetValues<SetAction>().Select(SnakeCase.Of)],
        [(typeof(ActionRow), nameof(ActionRow.Status))] = [.. Enum.GetValues<ActionStatus>().Select(ActionRow.NameOf)],
        [(typeof(ActionRow), nameof(ActionRow.Channel))] = ChannelNames,
        [(typeof(SentActionRow), nameof(SentActionRow.Channel))] = ChannelNames,
        [(typeof(CampaignStepRow), nameof(CampaignStepRow.Channel))] = ChannelNames,
        [(typeof(CampaignRow), nameof(CampaignRow.Kind))] = [.. Enum.GetValues<CampaignKind>().Select(SnakeCase.Of)],
        [(typeof(CampaignRow), nameof(CampaignRow.From))] = TagCodes,
        [(typeof(MailboxRow), nameof(MailboxRow.Channel))] = ChannelNames,
        [(typeof(PreviewRow), nameof(PreviewRow.Channel))] = ChannelNames,
        [(typeof(OverviewCard), nameof(OverviewCard.Name))] = ["active_learners", "mastery_rate", "at_risk", "recovery_rate"],
        [(typeof(OverviewCard), nameof(OverviewCard.Unit))] = ["customers", "percent"],
        [(typeof(Cohorts), nameof(Cohorts.By))] = ["month", "tier", "engagement"],
        [(typeof(RiskItem), nameof(RiskItem.Type))] = IndicatorNames,
        [(typeof(RiskItem), nameof(RiskItem.Severity))] = SeverityNames,
        [(typeof(Kpi), nameof(Kpi.Name))] = KpiNames,
        [(typeof(Kpi), nameof(Kpi.Trend))] = TrendNames,
        [(typeof(Kpi), nameof(Kpi.Unit))] = [.. KpiKinds.All.Select(kind => SnakeCase.Of(kind.Unit())).Distinct()],
        [(typeof(Kpi), nameof(Kpi.Better))] = ["higher", "lower"],
        [(typeof(KpiGoal), nameof(KpiGoal.Name))] = KpiNames,
        [(typeof(RecommendationItem), nameof(RecommendationItem.Kind))] = [.. RecommendationKinds.All.Select(kind => kind.Name())],
        [(typeof(Health), nameof(Health.Status))] = ["live", "ready"],
        [(typeof(NodeRow), nameof(NodeRow.Phase))] = PhaseNames,
        [(typeof(NodeLoadRow), nameof(NodeLoadRow.Phase))] = PhaseNames,
        [(typeof(QueueRow), nameof(QueueRow.Name))] = QueueRow.Names,
        [(typeof(FollowerRow), nameof(FollowerRow.Name))] = FollowerRow.Names,
    };

    public static Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        var type = context.JsonTypeInfo.Type;
        foreach (var ((owner, property), names) in Names)
            if (owner == type && schema.Properties is { } properties)
                Enumerate(properties[JsonNamingPolicy.CamelCase.ConvertName(property)], names);
        if (type == typeof(BacktestFigures)) NameEvery(schema, "customerDays", TagCodes);
        if (type == typeof(Distribution) || type == typeof(DayCounts)) NameEvery(schema, "counts", TagCodes);
        if (type == typeof(CohortRow)) NameEvery(schema, "now", TagCodes);
        if (type == typeof(MonthlyRevenue) || type == typeof(RevenueOfDay)) NameEvery(schema, "tags", TagCodes);
        if (type == typeof(CohortPeriod))
        {
            NameEvery(schema, "counts", TagCodes);
            NameEvery(schema, "shares", TagCodes);
        }
        if (type == typeof(Customer)) NameEvery(schema, "metrics", Metrics.All.ToArray().Select(Metrics.Name));
        return Task.CompletedTask;
    }

    private static void Enumerate(IOpenApiSchema schema, string[] names)
    {
        var text = (OpenApiSchema)(schema.Items ?? schema);
        text.Enum = [.. names.Select(name => (JsonNode)JsonValue.Create(name))];
        if (text.Type?.HasFlag(JsonSchemaType.Null) ?? false) text.Enum.Add(JsonNullSentinel.JsonNull);
    }

    /// <summary>A map whose keys are a closed set has a property of each.</summary>
    private static void NameEvery(OpenApiSchema owner, string property, IEnumerable<string> names)
    {
        if (owner.Properties?[property] is not OpenApiSchema { AdditionalProperties: { } value } map) return;
        map.AdditionalProperties = null;
        map.Properties = names.ToDictionary(name => name, _ => value);
        map.Required = map.Properties.Keys.ToHashSet();
    }
}

using System.Text.Json;
using static LStep.Api.Xapi.Shapes;

namespace LStep.Api.Xapi;

/// <summary>What the standard requires of an activity.</summary>
internal static class ActivityCheck
{
    private static readonly string[] Components = ["choices", "scale", "source", "target", "steps"];

    private static readonly Check Parts = All(
        ListOf(Object(Required("id", Text), Optional("description", LanguageMap))),
        (value, path, _) =>
        {
            if (value.EnumerateArray().GroupBy(part => part.GetProperty("id").GetString()).Any(same => same.Count() > 1))
                Fail(path, "repeated", "The ids of these parts are all different.");
        });

    private static readonly Check Definition = All(
        Object(
            Optional("name", LanguageMap), Optional("description", LanguageMap), Optional("type", Iri), Optional("moreInfo", Iri),
            Optional("extensions", Extensions), Optional("interactionType", OneOf(
                "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric", "other")),
            Optional("correctResponsesPattern", ListOf(Text)), Optional("choices", Parts), Optional("scale", Parts),
            Optional("source", Parts), Optional("target", Parts), Optional("steps", Parts)),
        (value, path, _) =>
        {
            if (!value.TryGetProperty("interactionType", out var _)
                && Components.Append("correctResponsesPattern").Any(name => value.TryGetProperty(name, out var _)))
                Fail(path + ".interactionType", "missing", "What describes an interaction comes with its interactionType.");
        });

    public static readonly Check Activity = Object(
        Optional("objectType", OneOf("Activity")), Required("id", Iri), Optional("definition", Definition));
}

using Fluid;
using Fluid.Values;

namespace LStep.Grains.Campaigns.Templates;

/// <summary>What one message is filled with, and in which language and zone.</summary>
internal sealed record Filling(
    Dictionary<string, FluidValue> Values, TemplateWords Words, string Locale, TimeProvider Clock, bool IsPayload)
{
    private const string Key = "filling";

    /// <summary>Begins anew with every text.</summary>
    public Patience Patience { get; init; } = new(Clock);

    public TimeZoneInfo Zone { get; } =
        Text(Values, "customer", "timezone") is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : TimeZoneInfo.Utc;

    public static Filling Of(TemplateContext context) => (Filling)context.AmbientValues[Key];

    public void Into(TemplateContext context)
    {
        foreach (var (name, value) in Values) context.SetValue(name, value);
        context.AmbientValues[Key] = this;
    }

    /// <returns>Null where it is absent, empty or no text.</returns>
    public string? Text(string group, string name) => Text(Values, group, name);

    /// <returns>Null where it is absent or no number.</returns>
    public decimal? Number(string group, string name) =>
        Member(Values, group, name) is NumberValue number ? number.ToNumberValue() : null;

    public FluidValue Member(string group, string name) => Member(Values, group, name);

    private static string? Text(Dictionary<string, FluidValue> values, string group, string name) =>
        Member(values, group, name) is StringValue text ? text.ToStringValue() : null;

    private static FluidValue Member(Dictionary<string, FluidValue> values, string group, string name) =>
        values.TryGetValue(group, out var found) && found is DictionaryValue && found.ToObjectValue() is IFluidIndexable members
            && members.TryGetValue(name, out var member) ? member : NilValue.Instance;
}

using Fluid.Values;

namespace LStep.Grains.Campaigns.Templates;

/// <summary>Single values out of those of a message.</summary>
internal static class Values
{
    /// <returns>Null where it is absent, empty or no text.</returns>
    public static string? Text(IReadOnlyDictionary<string, FluidValue> values, string group, string name) =>
        Member(values, group, name) is StringValue text ? text.ToStringValue() : null;

    /// <returns>Null where it is absent or no number.</returns>
    public static decimal? Number(IReadOnlyDictionary<string, FluidValue> values, string group, string name) =>
        Member(values, group, name) is NumberValue number ? number.ToNumberValue() : null;

    public static FluidValue Member(IReadOnlyDictionary<string, FluidValue> values, string group, string name) =>
        values.TryGetValue(group, out var found) && found is DictionaryValue && found.ToObjectValue() is IFluidIndexable members
            && members.TryGetValue(name, out var member) ? member : NilValue.Instance;
}

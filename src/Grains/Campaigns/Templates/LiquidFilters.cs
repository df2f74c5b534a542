using System.Collections.Immutable;
using System.Globalization;
using Fluid;
using Fluid.Values;

namespace LStep.Grains.Campaigns.Templates;

/// <summary>The filters that templates may use: some of Liquid's own, and a few that know the language of the message.</summary>
internal static class LiquidFilters
{
    private const int TextCharactersMax = 16 * 1024;
    private const int ItemsMax = 1_000;

    /// <summary>Those of Liquid that turn no escaping off and cannot make much of little.</summary>
    private static readonly ImmutableArray<string> OfLiquid =
    [
        "abs", "append", "at_least", "at_most", "capitalize", "ceil", "compact", "default", "divided_by", "downcase", "first", "floor",
        "join", "last", "map", "minus", "modulo", "plus", "prepend", "remove", "reverse", "round", "size", "slice", "sort", "split",
        "strip", "strip_newlines", "times", "uniq", "upcase", "url_encode", "where",
    ];

    public static void Choose(FilterCollection filters)
    {
        var chosen = OfLiquid.Select(name => (Name: name, Filter: filters.TryGetValue(name, out var filter) ? filter : null))
            .Where(each => each.Filter is not null).ToArray();
        filters.Clear();
        foreach (var (name, filter) in chosen)
            filters.AddFilter(name, async (input, arguments, context) => Bounded(await filter!(input, arguments, context), context));
        filters.AddFilter("number", Plain(Number));
        filters.AddFilter("day", Plain(Day));
        filters.AddFilter("word", Plain(Word));
        filters.AddFilter("list", Plain(List));
        filters.AddFilter("json", Plain(Json));
    }

    private static FilterDelegate Plain(Func<FluidValue, TemplateContext, FluidValue> filter) =>
        (input, _, context) => new ValueTask<FluidValue>(Bounded(filter(input, context), context));

    private static FluidValue Bounded(FluidValue value, TemplateContext context)
    {
        Filling.Of(context).Patience.Check();
        if (value is StringValue text && text.ToStringValue().Length > TextCharactersMax)
            throw new TemplateException($"A filter makes a text of more than {TextCharactersMax} characters.");
        if (value is ArrayValue list && list.Values.Count > ItemsMax)
            throw new TemplateException($"A filter makes a list of more than {ItemsMax} elements.");
        return value;
    }

    /// <summary>With separators of thousands and at most one decimal: 1,234.5.</summary>
    private static FluidValue Number(FluidValue input, TemplateContext context) =>
        input.IsNil() ? input : new StringValue(input.ToNumberValue().ToString("#,0.#", CultureInfo.InvariantCulture));

    private static FluidValue Day(FluidValue input, TemplateContext context) =>
        Date(input.ToStringValue(), Filling.Of(context)) is { } day ? new StringValue(day) : NilValue.Instance;

    /// <summary>An ISO instant as a date in the customer's zone and the language of the message; null when it is none.</summary>
    public static string? Date(string? instant, Filling filling)
    {
        if (!DateTimeOffset.TryParse(instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read)) return null;
        var format = filling.Locale.StartsWith("ja", StringComparison.Ordinal) ? "yyyy'年'M'月'd'日'" : "d MMMM yyyy";
        return TimeZoneInfo.ConvertTime(read, filling.Zone).ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A code (of a tag, an indicator, a channel) in words; one without words as it is.</summary>
    private static FluidValue Word(FluidValue input, TemplateContext context) =>
        input.IsNil() ? input : new StringValue(Filling.Of(context).Words.Of(input.ToStringValue()));

    /// <summary>"a,b" as a list of two; a list as it is.</summary>
    private static FluidValue List(FluidValue input, TemplateContext context) => input switch
    {
        ArrayValue => input,
        StringValue text => new ArrayValue([.. text.ToStringValue().Split(',', ItemsMax).Select(part => new StringValue(part.Trim()))]),
        _ => new ArrayValue([]),
    };

    private static FluidValue Json(FluidValue input, TemplateContext context) =>
        Filling.Of(context).IsPayload
            ? new StringValue(LiquidJson.Write(input), encode: false)
            : throw new TemplateException("The filter json is for payloads of webhooks only.");
}

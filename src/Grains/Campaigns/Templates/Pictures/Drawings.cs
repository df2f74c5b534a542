using System.Collections.Immutable;
using Fluid.Values;
using LStep.Grains.Campaigns.Channels;

namespace LStep.Grains.Campaigns.Templates.Pictures;

/// <summary>Pictures that go along with a mail, drawn from the same variables as its words.</summary>
internal static class Drawings
{
    public static Attachment Chart(IReadOnlyDictionary<string, FluidValue> values, TemplateWords words)
    {
        decimal? Of(string group, string name) => Values.Number(values, group, name);
        var chart = new ProgressChart(
            words.Of("chart.title"), words.Of("chart.curriculum"), Of("progress", "curriculum_completion"),
            [
                new(words.Of("chart.engagement"), Of("scores", "engagement")),
                new(words.Of("chart.progress"), Of("scores", "progress")),
                new(words.Of("chart.community"), Of("scores", "community")),
            ]);
        return new Attachment("progress.png", "image/png", chart.Png(), "progress_chart");
    }

    /// <param name="day">An ISO instant as a date in words.</param>
    public static ImmutableArray<Attachment> Certificate(
        IReadOnlyDictionary<string, FluidValue> values, TemplateWords words, Func<string?, string?> day)
    {
        var name = Values.Text(values, "customer", "name") is { } given && Pen.Drawable(given) is { } drawn
            ? drawn + words.Of("certificate.honorific")
            : null;
        var certificate = new Certificate(
            words.Of("certificate.title"), words.Of("certificate.subtitle"), words.Of("certificate.given"),
            [name, Values.Text(values, "customer", "email"), words.Of("certificate.nameless")],
            words.Of("certificate.text"), Values.Text(values, "brand", "name"),
            day(Values.Text(values, "transition", "at") ?? Values.Text(values, "status", "since")), words.Of("certificate.date"));
        return
        [
            new Attachment("certificate.png", "image/png", certificate.Png(), "certificate"),
            new Attachment("certificate.pdf", "application/pdf", certificate.Pdf()),
        ];
    }
}

using System.Collections.Immutable;
using LStep.Grains.Campaigns.Channels;

namespace LStep.Grains.Campaigns.Templates.Pictures;

/// <summary>Pictures that go along with a mail, drawn from the same variables as its words.</summary>
internal static class Drawings
{
    public static Attachment Chart(Filling filling)
    {
        var words = filling.Words;
        var done = filling.Number("progress", "curriculum_completion");
        var chart = new ProgressChart(
            words.Of("chart.title"), words.Of("chart.curriculum"), done is > 0 ? done : null,
            [
                new(words.Of("chart.engagement"), filling.Number("scores", "engagement")),
                new(words.Of("chart.progress"), filling.Number("scores", "progress")),
                new(words.Of("chart.community"), filling.Number("scores", "community")),
            ]);
        return new Attachment("progress.png", "image/png", chart.Png(), "progress_chart");
    }

    public static ImmutableArray<Attachment> Certificate(Filling filling)
    {
        var words = filling.Words;
        var name = filling.Text("customer", "name") is { } given && Pen.Drawable(given) is { } drawn
            ? drawn + words.Of("certificate.honorific")
            : null;
        var certificate = new Certificate(
            words.Of("certificate.title"), words.Of("certificate.subtitle"), words.Of("certificate.given"),
            [name, filling.Text("customer", "email"), words.Of("certificate.nameless")],
            words.Of("certificate.text"), filling.Text("brand", "name"),
            LiquidFilters.Date(filling.Text("transition", "at") ?? filling.Text("status", "since"), filling), words.Of("certificate.date"));
        return
        [
            new Attachment("certificate.png", "image/png", certificate.Png(), "certificate"),
            new Attachment("certificate.pdf", "application/pdf", certificate.Pdf()),
        ];
    }
}

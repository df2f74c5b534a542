using System.Globalization;
using SkiaSharp;

namespace LStep.Grains.Campaigns.Templates.Pictures;

/// <param name="Value">0 to 100; null where it is not known.</param>
public sealed record ChartBar(string Label, decimal? Value);

/// <summary>How far through the curriculum, as a ring, and the scores of the last 7 days, as bars.</summary>
/// <param name="Completion">Percent of the curriculum; null where it is not known.</param>
public sealed record ProgressChart(string Title, string Label, decimal? Completion, IReadOnlyList<ChartBar> Bars)
{
    private const int Width = 536, Height = 236;

    public byte[] Png() => Pen.Png(Width, Height, 2, Draw);

    private void Draw(SKCanvas canvas)
    {
        using var ground = new SKPaint { Color = new SKColor(0xf5, 0xf9, 0xf8), IsAntialias = true };
        canvas.DrawRoundRect(0, 0, Width, Height, 12, 12, ground);
        Pen.Write(canvas, Title, 24, 38, 16, Pen.Ink, Width - 48, isBold: true);
        Ring(canvas, 108, 128, 54);
        Pen.Write(canvas, Label, 108, 214, 13, Pen.Soft, 180, SKTextAlign.Center);
        for (var index = 0; index < Bars.Count; index++) Bar(canvas, Bars[index], 92 + index * 50);
    }

    private void Ring(SKCanvas canvas, float x, float y, float radius)
    {
        using var track = new SKPaint { Color = Pen.Pale, Style = SKPaintStyle.Stroke, StrokeWidth = 14, IsAntialias = true };
        canvas.DrawCircle(x, y, radius, track);
        if (Completion is > 0)
        {
            using var path = new SKPaint
            {
                Color = Pen.Green, Style = SKPaintStyle.Stroke, StrokeWidth = 14, StrokeCap = SKStrokeCap.Round, IsAntialias = true,
            };
            canvas.DrawArc(new SKRect(x - radius, y - radius, x + radius, y + radius), -90, 359.9f * Share(Completion), false, path);
        }
        var percent = Completion is { } known ? $"{Written(known)}%" : "–";
        Pen.Write(canvas, percent, x, y + 9, 26, Pen.Ink, 80, SKTextAlign.Center, isBold: true);
    }

    private static void Bar(SKCanvas canvas, ChartBar bar, float y)
    {
        const float Left = 220, Long = 288;
        Pen.Write(canvas, bar.Label, Left, y, 13, Pen.Ink, Long - 50);
        Pen.Write(canvas, bar.Value is { } value ? Written(value) : "–", Left + Long, y, 13, Pen.Ink, 48, SKTextAlign.Right, isBold: true);
        using var track = new SKPaint { Color = Pen.Pale, IsAntialias = true };
        canvas.DrawRoundRect(Left, y + 8, Long, 10, 5, 5, track);
        if (bar.Value is not > 0) return;
        using var filled = new SKPaint { Color = Pen.Green, IsAntialias = true };
        canvas.DrawRoundRect(Left, y + 8, Math.Max(10, Long * Share(bar.Value)), 10, 5, 5, filled);
    }

    private static float Share(decimal? percent) => (float)Math.Clamp(percent ?? 0, 0, 100) / 100;

    private static string Written(decimal number) => Math.Clamp(number, 0, 100).ToString("0", CultureInfo.InvariantCulture);
}

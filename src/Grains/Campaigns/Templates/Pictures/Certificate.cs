using SkiaSharp;

namespace LStep.Grains.Campaigns.Templates.Pictures;

/// <summary>A certificate on an A4 sheet, lying: as a picture to share and as a PDF to print.</summary>
/// <param name="Names">Whom it is for: the first that the font can write whole.</param>
/// <param name="Given">What stands before the name; may be empty.</param>
/// <param name="Day">In words; null where it is not known.</param>
public sealed record Certificate(
    string Title, string Subtitle, string Given, IReadOnlyList<string?> Names, string Text, string? Brand, string? Day, string DayLabel)
{
    private const int Width = 842, Height = 595;
    private const float Middle = Width / 2f;

    private static readonly SKColor Gold = new(0xb4, 0x8a, 0x3c);

    public byte[] Png() => Pen.Png(Width, Height, 1.5f, Draw);

    public byte[] Pdf()
    {
        using var bytes = new MemoryStream();
        var about = new SKDocumentPdfMetadata { Title = Title, Creator = Brand ?? "", Producer = "" };
        using (var document = SKDocument.CreatePdf(bytes, about))
        {
            Draw(document.BeginPage(Width, Height));
            document.EndPage();
            document.Close();
        }
        return bytes.ToArray();
    }

    private void Draw(SKCanvas canvas)
    {
        Frame(canvas);
        Pen.Write(canvas, Title, Middle, 148, 52, Pen.Green, 640, SKTextAlign.Center);
        Pen.Write(canvas, Subtitle, Middle, 184, 17, Gold, 640, SKTextAlign.Center);
        if (Given.Length > 0) Pen.Write(canvas, Given, Middle, 250, 16, Pen.Soft, 640, SKTextAlign.Center);
        var name = Names.Select(each => each is null ? null : Pen.Drawable(each)).FirstOrDefault(each => each is not null) ?? "";
        Pen.Write(canvas, name, Middle, 312, 40, Pen.Ink, 620, SKTextAlign.Center);
        using var line = new SKPaint { Color = Gold, StrokeWidth = 1, IsAntialias = true };
        canvas.DrawLine(Middle - 310, 334, Middle + 310, 334, line);
        Pen.WriteLines(canvas, Text, Middle, 382, 19, Pen.Ink, 620, 30);
        if (Day is not null)
        {
            Pen.Write(canvas, Day, 130, 492, 16, Pen.Ink, 230);
            Pen.Write(canvas, DayLabel, 130, 514, 12, Pen.Soft, 230);
        }
        if (Brand is not null && Pen.Drawable(Brand) is { } brand)
            Pen.Write(canvas, brand, Width - 130, 492, 18, Pen.Ink, 300, SKTextAlign.Right);
    }

    private static void Frame(SKCanvas canvas)
    {
        using var outer = new SKPaint { Color = Pen.Green, Style = SKPaintStyle.Stroke, StrokeWidth = 6, IsAntialias = true };
        canvas.DrawRect(28, 28, Width - 56, Height - 56, outer);
        using var inner = new SKPaint { Color = Gold, Style = SKPaintStyle.Stroke, StrokeWidth = 1.2f, IsAntialias = true };
        canvas.DrawRect(40, 40, Width - 80, Height - 80, inner);
        using var seal = new SKPaint { Color = Gold, IsAntialias = true };
        canvas.DrawCircle(Middle, 490, 30, seal);
        using var ring = new SKPaint { Color = Pen.Paper, Style = SKPaintStyle.Stroke, StrokeWidth = 2, IsAntialias = true };
        canvas.DrawCircle(Middle, 490, 24, ring);
        using var stroke = new SKPaint { Color = Pen.Paper, StrokeWidth = 4, StrokeCap = SKStrokeCap.Round, IsAntialias = true };
        canvas.DrawLine(Middle - 11, 490, Middle - 3, 499, stroke);
        canvas.DrawLine(Middle - 3, 499, Middle + 12, 481, stroke);
    }
}

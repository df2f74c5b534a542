using System.Globalization;
using System.Text;
using SkiaSharp;

namespace LStep.Grains.Campaigns.Templates.Pictures;

/// <summary>Writes with the font that comes with the product: BIZ UDPGothic, with Latin, Greek, Cyrillic and Japanese glyphs.</summary>
public static class Pen
{
    private const float SizeMin = 9;

    private static readonly Lazy<SKTypeface> Typeface = new(Loaded);

    public static readonly SKColor Ink = new(0x1f, 0x2d, 0x2b), Soft = new(0x5b, 0x6b, 0x68), Green = new(0x0f, 0x76, 0x6e);
    public static readonly SKColor Pale = new(0xd8, 0xe2, 0xe0), Paper = SKColors.White;

    /// <summary>As large as asked or as fits, and cut where even the smallest size does not.</summary>
    public static void Write(
        SKCanvas canvas, string text, float x, float y, float size, SKColor color, float width, SKTextAlign align = SKTextAlign.Left,
        bool isBold = false)
    {
        using var font = Font(size, isBold);
        var wide = font.MeasureText(text);
        if (wide > width) font.Size = Math.Max(SizeMin, size * width / wide);
        if (font.MeasureText(text) > width) text = Cut(font, text, width);
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        // Outlines, since a PDF would take the whole font along, which is some MB.
        var before = align switch { SKTextAlign.Center => font.MeasureText(text) / 2, SKTextAlign.Right => font.MeasureText(text), _ => 0 };
        using var outlines = font.GetTextPath(text, new SKPoint(x - before, y));
        canvas.DrawPath(outlines, paint);
    }

    /// <summary>In as few lines as possible; words stay whole, Japanese may break anywhere.</summary>
    public static void WriteLines(SKCanvas canvas, string text, float x, float y, float size, SKColor color, float width, float leading)
    {
        using var font = Font(size, isBold: false);
        foreach (var line in Lines(font, text, width))
        {
            Write(canvas, line, x, y, size, color, width, SKTextAlign.Center);
            y += leading;
        }
    }

    /// <summary>The text without emoji and other signs that the font has not; null when it has not every letter of it.</summary>
    public static string? Drawable(string text)
    {
        using var font = Font(SizeMin, isBold: false);
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (font.ContainsGlyph(rune.Value)) kept.Append(rune);
            else if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpacingCombiningMark) return null;
        }
        var drawable = kept.ToString().Trim();
        return drawable.Length == 0 ? null : drawable;
    }

    public static byte[] Png(int width, int height, float scale, Action<SKCanvas> draw)
    {
        using var surface = SKSurface.Create(new SKImageInfo((int)(width * scale), (int)(height * scale)));
        surface.Canvas.Clear(Paper);
        surface.Canvas.Scale(scale);
        draw(surface.Canvas);
        using var pixels = surface.PeekPixels();
        using var data = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, 6))
            ?? throw new TemplateException("A picture cannot be encoded.");
        return data.ToArray();
    }

    public static SKFont Font(float size, bool isBold) => new(Typeface.Value, size) { Embolden = isBold, Subpixel = true };

    private static string Cut(SKFont font, string text, float width)
    {
        var runes = text.EnumerateRunes().Select(rune => rune.ToString()).ToList();
        while (runes.Count > 1 && font.MeasureText(string.Concat(runes) + "…") > width) runes.RemoveAt(runes.Count - 1);
        return string.Concat(runes) + "…";
    }

    private static IEnumerable<string> Lines(SKFont font, string text, float width)
    {
        var line = new StringBuilder();
        foreach (var part in Parts(text))
        {
            if (line.Length > 0 && font.MeasureText(line + part) > width)
            {
                yield return line.ToString().Trim();
                line.Clear();
            }
            line.Append(part);
        }
        if (line.Length > 0) yield return line.ToString().Trim();
    }

    private static IEnumerable<string> Parts(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            word.Append(rune);
            if (rune.Value is ' ' or >= 0x3000)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
        if (word.Length > 0) yield return word.ToString();
    }

    private static SKTypeface Loaded()
    {
        using var data = SKData.CreateCopy(TemplateFiles.Resource("_fonts/regular.ttf"));
        return SKTypeface.FromData(data) ?? throw new TemplateException("The font of the pictures cannot be read.");
    }
}

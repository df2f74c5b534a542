using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Templates.Pictures;
using SkiaSharp;

namespace LStep.Campaigns.Tests.Templates;

/// <summary>The chart of the milestone and the certificate of a master.</summary>
public sealed class PictureTests
{
    [Theory]
    [InlineData("田中 花子")]
    [InlineData("山﨑 髙子")]
    [InlineData("さくら ゆうき")]
    [InlineData("ｻﾄｳ 一郎")]
    [InlineData("Ada Lovelace")]
    [InlineData("Zoë Ångström-Çelik")]
    [InlineData("Надежда Петровна")]
    public void Each_letter_of_a_name_is_drawn_and_no_box_instead(string name)
    {
        var missing = Glyph(char.ConvertFromUtf32(0x10FFFD));
        foreach (var rune in name.EnumerateRunes())
            if (rune.Value is not (' ' or '　'))
                Assert.False(missing.AsSpan().SequenceEqual(Glyph(rune.ToString())), $"{rune} (U+{rune.Value:X4}) is drawn as a box.");
        Assert.Equal(name, Pen.Drawable(name));
    }

    [Fact]
    public void A_certificate_comes_as_a_picture_in_the_mail_and_as_a_sheet_to_print()
    {
        var attachments = Certificate(Examples.Full);
        Assert.Equal(["image/png", "application/pdf"], attachments.Select(attachment => attachment.ContentType));
        Assert.Equal("certificate", attachments[0].ContentId);
        Assert.All(attachments, attachment => Assert.InRange(attachment.Content.Length, 5_000, 400_000));
        Assert.Equal("%PDF"u8.ToArray(), attachments[1].Content[..4]);
        using var picture = SKBitmap.Decode(attachments[0].Content);
        Assert.Equal((1263, 892), (picture.Width, picture.Height));
        File.WriteAllBytes(Path.Combine(TestOutput.Folder, "certificate.pdf"), attachments[1].Content);
    }

    [Fact]
    public void The_name_makes_the_difference()
    {
        Assert.NotEqual(Certificate(Examples.Named("田中 花子"))[0].Content, Certificate(Examples.Named("田中 花代"))[0].Content);
        Assert.Equal(Certificate(Examples.Full)[0].Content, Certificate(Examples.Full)[0].Content);
    }

    [Theory]
    [InlineData("🎓🎓🎓")]
    [InlineData("สมชาย ใจดี")]
    [InlineData("محمد")]
    [InlineData("김민수")]
    public void A_name_that_the_font_cannot_write_whole_gives_way_to_the_address(string name) =>
        Assert.Equal(
            Certificate(Examples.With(customer => customer["name"] = null))[0].Content, Certificate(Examples.Named(name))[0].Content);

    [Fact]
    public void Signs_that_the_font_has_not_are_left_out_of_a_name_that_it_has() =>
        Assert.Equal(Certificate(Examples.Named("花子"))[0].Content, Certificate(Examples.Named("花子 🎓"))[0].Content);

    [Fact]
    public void A_long_name_stays_on_the_sheet()
    {
        foreach (var name in new[] { new string('W', 500), new string('あ', 500) })
        {
            using var picture = SKBitmap.Decode(new Certificate("修了証", "", "", [name], "", null, null, "").Png());
            for (var y = 375; y < 495; y++)
                foreach (var x in new[] { 75, 135, 1125, 1185 }) Assert.Equal(SKColors.White, picture.GetPixel(x, y));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(42)]
    [InlineData(100)]
    [InlineData(-5)]
    [InlineData(1_000_000)]
    public void A_chart_is_drawn_of_any_figures(int? percent)
    {
        var chart = new ProgressChart("学習の進み具合", "カリキュラム", percent, [new("エンゲージメント", percent), new("Progress", null)]);
        using var picture = SKBitmap.Decode(chart.Png());
        Assert.Equal((1072, 472), (picture.Width, picture.Height));
        // At the left of the ring: green from three quarters on.
        Assert.Equal(percent >= 75, picture.GetPixel((108 - 54) * 2, 128 * 2) == Pen.Green);
    }

    private static byte[] Glyph(string text) => Pen.Png(60, 60, 1, canvas => Pen.Write(canvas, text, 10, 45, 32, Pen.Ink, 50));

    private static Attachment[] Certificate(string variables) =>
        [.. Examples.Templates.Render(Examples.Input("mastery_achievement", 1, Channel.Email, "ja", variables)).Attachments];
}

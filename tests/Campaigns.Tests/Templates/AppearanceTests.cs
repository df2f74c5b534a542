using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Templates;
using Microsoft.Playwright;

namespace LStep.Campaigns.Tests.Templates;

/// <summary>How mails look: each in both languages, on a phone and on a desk, kept as pictures in artifacts/mails.</summary>
public sealed class AppearanceTests
{
    private const int PhoneWidth = 375, DeskWidth = 700;

    /// <summary>Stands for the Japanese font that a reader's machine has, and the machine of the tests may not have.</summary>
    private const string FontAddress = "https://fonts.invalid/japanese.ttf";

    private static readonly string[] Flags =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"];

    [Fact]
    public async Task Every_mail_fits_a_phone_and_a_desk_in_both_languages_and_asks_nobody_for_anything()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium(), Args = Flags });
        foreach (var width in new[] { PhoneWidth, DeskWidth })
        {
            // Without the preview's policy: what a mail asks for has to show here.
            await using var context = await chromium.NewContextAsync(
                new() { ViewportSize = new() { Width = width, Height = 900 }, Offline = true, BypassCSP = true });
            var page = await context.NewPageAsync();
            var asked = new List<string>();
            page.Request += (_, request) => asked.Add(request.Url);
            await page.RouteAsync(FontAddress, route => route.FulfillAsync(new() { BodyBytes = Font(), ContentType = "font/ttf" }));
            foreach (var row in Examples.Messages)
            {
                if ((Channel)row[2] != Channel.Email) continue;
                foreach (var locale in new[] { "en", "ja" })
                {
                    var name = $"{row[0]}-{row[1]}-{locale}-{width}";
                    await page.SetContentAsync(MailPreview.Html(Examples.Templates.Render(Examples.Input(
                        (string)row[0], (int)row[1], Channel.Email, locale, locale == "en" ? Examples.English : Examples.Full))));
                    await page.AddStyleTagAsync(new() { Content = $"@font-face {{ font-family: 'Yu Gothic'; src: url({FontAddress}); }}" });
                    await page.EvaluateAsync("document.fonts.ready");
                    var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
                    Assert.True(wide <= width, $"{name} is {wide} pixels wide.");
                    Assert.Equal(locale, await page.GetByRole(AriaRole.Article).First.GetAttributeAsync("lang"));
                    await page.ScreenshotAsync(new() { Path = Path.Combine(TestOutput.Folder, $"{name}.png"), FullPage = true });
                }
            }
            Assert.DoesNotContain(asked, url => !url.StartsWith("data:", StringComparison.Ordinal) && url != FontAddress);
        }
    }

    private static byte[] Font()
    {
        using var font = typeof(TemplateFiles).Assembly.GetManifestResourceStream("templates/_fonts/regular.ttf")!;
        using var bytes = new MemoryStream();
        font.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string Chromium() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome", "google-chrome-stable" }.Select(
                name => Path.Combine(folder, name)))
            .First(File.Exists);
}

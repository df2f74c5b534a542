namespace LStep.System.Tests.Campaigns;

/// <summary>./lstep campaigns, as a person or a pipeline calls it.</summary>
public sealed class CampaignsVerbTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lstep-campaigns-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task An_export_is_a_file_that_an_import_finds_nothing_new_in_and_a_changed_one_is_published()
    {
        var file = Path.Combine(folder, "campaigns.json");
        Ok(await Campaigns("export", file, "--url", Server));
        var text = await File.ReadAllTextAsync(file);
        Assert.Equal(text, Ok(await Campaigns("export", "--url", Server)));
        Assert.Contains("        { \"afterMinutes\": 120, \"channel\": \"email\" }\n", text, StringComparison.Ordinal);
        Assert.Contains("nothing to publish", Ok(await Campaigns("import", file, "--url", Server)), StringComparison.Ordinal);

        await File.WriteAllTextAsync(
            file, text.Replace("\"percent\": 30", "\"percent\": 25 /* less */", StringComparison.Ordinal));
        var told = Ok(await Campaigns("import", file, "--check", "--url", Server));
        Assert.Contains(
            "~ course_discount: payload\n    - {\"percent\":30,\"valid_days\":7}\n    + {\"percent\":25,\"valid_days\":7}", told,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Published", told, StringComparison.Ordinal);
        Assert.Contains(
            "Published as version", Ok(await Campaigns("import", file, "--comment", "less", "--url", Server)), StringComparison.Ordinal);
        Assert.Equal("less", (await fixture.Host.Get("/api/campaigns")).GetProperty("comment").GetString());

        var stale = await Campaigns("publish", Presets("default.campaigns.json"), "--base", "1", "--url", Server);
        Assert.Equal(1, stale.ExitCode);
        Assert.Contains("campaigns_changed", stale.Output, StringComparison.Ordinal);
        var first = Path.Combine(folder, "first.json");
        Ok(await Campaigns("export", first, "--version", "1", "--url", Server));
        Assert.Equal(text, await File.ReadAllTextAsync(first));

        await File.WriteAllTextAsync(file, text.Replace("\"name\": \"welcome_back\"", "\"name\": \"unwritten\"", StringComparison.Ordinal));
        var unwritten = await Campaigns("import", file, "--url", Server);
        Assert.Equal(1, unwritten.ExitCode);
        Assert.Contains("missing_template", unwritten.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_preset_holds_its_cases() => Assert.Contains(
        "24 campaigns, 22 cases", Ok(await Campaigns("test", Presets("default.campaigns.json"))), StringComparison.Ordinal);

    [Fact]
    public async Task A_case_that_does_not_hold_is_told_with_what_was_found_and_fails_the_build()
    {
        var file = Path.Combine(folder, "mine.campaigns.json");
        var text = await File.ReadAllTextAsync(Presets("default.campaigns.json"));
        await File.WriteAllTextAsync(file, text.Replace(
            "{ \"afterMinutes\": 120, \"channel\": \"email\" }", "{ \"afterMinutes\": 240, \"channel\": \"email\" }",
            StringComparison.Ordinal));
        File.Copy(Presets("default.campaigns.cases.json"), Path.Combine(folder, "mine.campaigns.cases.json"));
        var ended = await Campaigns("test", file);
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(
            "personal_check_in 1 afterMinutes\n        - expected 120\n        + found    240", ended.Output, StringComparison.Ordinal);
        Assert.Contains("personal_check_in 1 email: due 2026-03-03 16:00, sent 2026-03-03 16:00", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"campaigns":[]}""", "not_a_list")]
    [InlineData("""{"campaignz":[]}""", "Did you mean 'campaigns'?")]
    [InlineData("{\"campaigns\": [\n  oops", "line 2")]
    [InlineData(
        """[{"name":"welcome_back","on":"ST_001","kind":"service","steps":[{"afterMinutes":0,"channel":"in_app"}]}]""",
        "there are no cases")]
    [InlineData("""[{"name":"new_one","on":"ST_001","kind":"service","steps":[{"afterMinutes":0,"channel":"in_app"}]}]""",
        "missing_template")]
    public async Task A_file_that_cannot_be_meant_fails_the_build_with_its_place(string text, string sentence)
    {
        var file = Path.Combine(folder, "wrong.json");
        await File.WriteAllTextAsync(file, text);
        var ended = await Campaigns("test", file);
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(sentence, ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_of_ones_own_are_found_where_they_are_said_to_be_and_a_folder_without_any_ends_the_start()
    {
        var file = Path.Combine(folder, "new.campaigns.json");
        await File.WriteAllTextAsync(file,
            """{"campaigns":[{"name":"new_one","on":"ST_001","kind":"service","steps":[{"afterMinutes":0,"channel":"in_app"}]}],"cases":[{"name":"a","given":{"to":"ST_001"},"expect":{"starts":["new_one"]}}]}""");
        var texts = Directory.CreateDirectory(Path.Combine(folder, "texts/new_one")).FullName;
        foreach (var locale in new[] { "en", "ja" })
            await File.WriteAllTextAsync(Path.Combine(texts, $"1.{locale}.in_app.liquid"), "---\ntitle: Hello\n---\nHello\n");
        Assert.Contains(
            "1 passed, 0 failed", Ok(await Campaigns("test", file, "--templates", Path.Combine(folder, "texts"))),
            StringComparison.Ordinal);

        await Ends("There is no folder", Path.Combine(folder, "nowhere"));
        await Ends("There is no template", Directory.CreateDirectory(Path.Combine(folder, "empty")).FullName);
        await File.WriteAllTextAsync(Path.Combine(texts, "2.en.mjml"), "---\nsubject: Hello\n---\n<mj-text>Hello</mj-text>\n");
        await Ends("is not compiled", Path.Combine(folder, "texts"));
    }

    private static async Task Ends(string sentence, string templates)
    {
        var ended = await Programs.RunIn(
            AppContext.BaseDirectory, new Dictionary<string, string> { ["LSTEP_TEMPLATES"] = templates },
            "dotnet", ["lstep-silo.dll", "run", "--data", Path.Combine(templates, "data")]);
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("LSTEP_TEMPLATES", ended.Output, StringComparison.Ordinal);
        Assert.Contains(sentence, ended.Output, StringComparison.Ordinal);
    }

    private string Server => fixture.Host.Address.ToString();

    private static string Presets(string name) => Repository.Path($"presets/{name}");

    private static string Ok(Ended ended)
    {
        Assert.True(ended.ExitCode == 0, ended.Output);
        return ended.Output;
    }

    private Task<Ended> Campaigns(params string[] arguments) => Programs.RunIn(
        AppContext.BaseDirectory, new Dictionary<string, string> { ["LSTEP_ADMIN_TOKEN"] = fixture.Host.AdminToken },
        "dotnet", ["lstep-silo.dll", "campaigns", .. arguments]);
}

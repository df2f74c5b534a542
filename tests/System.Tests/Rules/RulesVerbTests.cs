namespace LStep.System.Tests.Rules;

/// <summary>./lstep rules, as a person or a pipeline calls it.</summary>
public sealed class RulesVerbTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lstep-rules-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task An_export_is_a_file_that_an_import_finds_nothing_new_in_and_a_changed_one_is_published()
    {
        var file = Path.Combine(folder, "rules.json");
        Ok(await Rules("export", file, "--url", Server));
        var text = await File.ReadAllTextAsync(file);
        Assert.Contains("        \"days_since_login\": { \"operator\": \">=\", \"value\": 5 },\n", text, StringComparison.Ordinal);
        Assert.Contains("nothing to publish", Ok(await Rules("import", file, "--url", Server)), StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, text.Replace("\"priority\": 35", "\"priority\": 36 /* later */,", StringComparison.Ordinal));
        var told = Ok(await Rules("import", file, "--check", "--url", Server));
        Assert.Contains("~ 13 Freemium rescue: priority\n    - 35\n    + 36", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Published", told, StringComparison.Ordinal);
        var published = Ok(await Rules("import", file, "--comment", "later", "--url", Server));
        Assert.Contains("Published as version", published, StringComparison.Ordinal);
        Assert.Equal("later", (await fixture.Host.Get("/api/rules")).GetProperty("comment").GetString());

        var stale = await Rules("publish", Presets("memberships.rules.json"), "--base", "1", "--url", Server);
        Assert.Equal(1, stale.ExitCode);
        Assert.Contains("rules_changed", stale.Output, StringComparison.Ordinal);
        var first = Path.Combine(folder, "first.json");
        Ok(await Rules("export", first, "--version", "1", "--url", Server));
        Assert.Equal(text, await File.ReadAllTextAsync(first));
    }

    [Fact]
    public async Task The_presets_hold_their_cases()
    {
        var told = Ok(await Rules(
            "test", Presets("default.rules.json"), Presets("courses-with-an-end.rules.json"), Presets("memberships.rules.json")));
        Assert.Equal(3, told.Split(" 0 failed").Length - 1);
    }

    [Fact]
    public async Task A_case_that_does_not_hold_is_told_with_what_was_found_and_fails_the_build()
    {
        var rules = Path.Combine(folder, "mine.rules.json");
        File.Copy(Presets("memberships.rules.json"), rules);
        await File.WriteAllTextAsync(rules, (await File.ReadAllTextAsync(rules)).Replace(
            "\"days_since_login\": { \"operator\": \">=\", \"value\": 10 },\n        \"engagement_score\"",
            "\"days_since_login\": { \"operator\": \">=\", \"value\": 11 },\n        \"engagement_score\"", StringComparison.Ordinal));
        var ended = await Rules("test", rules, "--cases", Presets("memberships.cases.json"));
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(
            "FAIL  Ten days without a login are a risk\n      recommended\n        - expected \"ST_004\"\n        + found    null",
            ended.Output, StringComparison.Ordinal);
        Assert.Contains("6 passed, 1 failed", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"rules":[{"name":"A","from":["ST_001"],"to":"ST_002","conditions":{"sesions_7d":1},"priority":1}],"cases":[]}""",
        "Did you mean 'sessions_7d'?")]
    [InlineData(
        """{"rules":[{"name":"A","from":["ST_001"],"to":"ST_002","conditions":{"sessions_7d":1},"priority":1}]}""", "there are no cases")]
    [InlineData(
        """{"rules":[{"name":"A","from":["ST_001"],"to":"ST_002","conditions":{"sessions_7d":1},"priority":1}],"cases":[{"name":"x","expect":{}}]}""", "cases[0].expect")]
    [InlineData(
        """{"rules":[{"name":"A","from":["ST_001"],"to":"ST_002","conditions":{"sessions_7d":1},"priority":1}],"cases":[{"name":"x","given":{"metrics":{"session_7d":1}},"expect":{"rule":null}}]}""", "Did you mean 'sessions_7d'?")]
    [InlineData(
        """{"rules":[{"name":"A","from":["ST_001"],"to":"ST_002","conditions":{"sessions_7d":1},"priority":1}],"cases":[{"name":"x","given":{"activities":[{"activity":"lesson_complete"}]},"expect":{"rule":null}}]}""", "Did you mean 'lesson_completed'?")]
    [InlineData("{\"rules\": [\n  oops", "line 2")]
    [InlineData("""{"rulez":[]}""", "Did you mean 'rules'?")]
    public async Task A_file_that_cannot_be_meant_fails_the_build_with_its_place(string text, string sentence)
    {
        var file = Path.Combine(folder, "wrong.json");
        await File.WriteAllTextAsync(file, text);
        var ended = await Rules("test", file);
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(sentence, ended.Output, StringComparison.Ordinal);
    }

    private string Server => fixture.Host.Address.ToString();

    private static string Presets(string name) => Repository.Path($"presets/{name}");

    private static string Ok(Ended ended)
    {
        Assert.True(ended.ExitCode == 0, ended.Output);
        return ended.Output;
    }

    private Task<Ended> Rules(params string[] arguments) => Programs.RunIn(
        AppContext.BaseDirectory, new Dictionary<string, string> { ["LSTEP_ADMIN_TOKEN"] = fixture.Host.AdminToken },
        "dotnet", ["lstep-silo.dll", "rules", .. arguments]);
}

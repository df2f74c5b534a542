using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Campaigning;
using LStep.Domain.Campaigning.Cases;
using LStep.Domain.Deciding;

namespace LStep.Domain.Tests.Campaigning;

/// <summary>Campaigns as files, the set that is shipped, and the cases beside it.</summary>
public class CampaignFileTests
{
    static readonly string Folder = Path.Combine(Root(), "presets");

    static ImmutableArray<Campaign> Preset => CampaignSetCheck.Check(Read("default.campaigns.json", "campaigns")).Set;

    [Fact]
    public void The_default_is_version_1() =>
        Assert.Equal(CampaignJson.Print(DefaultCampaigns.Campaigns), CampaignJson.Print(Preset));

    [Fact]
    public void A_preset_is_laid_out_as_an_export_lays_it_out() => Assert.Equal(
        Lines(CampaignFile.Print(DefaultCampaigns.Campaigns)), Lines(File.ReadAllText(Path.Combine(Folder, "default.campaigns.json"))));

    [Fact]
    public void What_is_printed_comes_back_from_its_file()
    {
        var set = DefaultCampaigns.Campaigns.Add(DefaultCampaigns.Campaigns[15] with
        {
            Name = "everything", From = [StatusTag.Active], WhenSending = DefaultCampaigns.Campaigns[2].Audience, HoldoutPercent = 7,
            OnceInDays = 9, OnHighValueReview = true, Variants = [new("warm", 1), new("short", 100)], Active = false,
        });
        var file = Assert.IsType<Parsed<JsonElement>.Ok>(CampaignFile.Read(CampaignFile.Print(set))).Value;
        var found = CampaignSetCheck.Check(file.GetProperty("campaigns"));
        Assert.Empty(found.Errors);
        Assert.Equal(CampaignJson.Print(set), CampaignJson.Print(found.Set));
    }

    [Fact]
    public void Every_case_beside_the_preset_holds_and_every_campaign_is_in_one()
    {
        var cases = Cases(Read("default.campaigns.cases.json", "cases"));
        Assert.Empty(cases.Select(one => CampaignCaseRun.Run(one, Preset)).Where(outcome => !outcome.Holds)
            .Select(outcome => $"{outcome.Case.Name}: {string.Join("; ", outcome.Differences)}"));
        Assert.Empty(Preset.Select(one => one.Name).Except(cases.SelectMany(one => one.Expect.Messages).Select(one => one.Campaign)));
    }

    [Theory]
    [InlineData("\"starts\":[\"welcome_back\"]", "starts")]
    [InlineData("\"messages\":[{\"campaign\":\"welcome_back\"}]", "welcome_back 1")]
    [InlineData("\"messages\":[{\"campaign\":\"personal_check_in\",\"channel\":\"push\"}]", "personal_check_in 1 channel")]
    [InlineData("\"messages\":[{\"campaign\":\"personal_check_in\",\"afterMinutes\":121}]", "personal_check_in 1 afterMinutes")]
    [InlineData("\"messages\":[{\"campaign\":\"personal_check_in\",\"fate\":\"suppressed\"}]", "personal_check_in 1 fate")]
    [InlineData("\"messages\":[{\"campaign\":\"personal_check_in\",\"at\":\"2026-03-03T12:00Z\"}]", "personal_check_in 1 at")]
    [InlineData("\"messages\":[{\"campaign\":\"personal_check_in\",\"held\":\"quiet_hours\"}]", "personal_check_in 1 held")]
    [InlineData("\"messages\":[{\"campaign\":\"personal_check_in\",\"reason\":\"holdout\"}]", "personal_check_in 1 reason")]
    public void A_case_that_does_not_hold_says_where(string expect, string member)
    {
        var one = Cases(JsonElement.Parse($$$"""[{"name":"a","given":{"from":"ST_001","to":"ST_004"},"expect":{ {{{expect}}} }}]""")).Single();
        Assert.Equal(member, Assert.Single(CampaignCaseRun.Run(one, Preset).Differences).Member);
    }

    [Theory]
    [InlineData("{}", "cases[0].name")]
    [InlineData("""{"name":"a","given":{},"expect":{"starts":[]}}""", "cases[0].given.to")]
    [InlineData("""{"name":"a","given":{"to":"ST_009"},"expect":{"starts":[]}}""", "cases[0].given.to")]
    [InlineData("""{"name":"a","given":{"to":"ST_004","review":true},"expect":{"starts":[]}}""", "cases[0].given.from")]
    [InlineData("""{"name":"a","given":{"to":"ST_004","heldout":true},"expect":{"starts":[]}}""", "cases[0].given.heldout")]
    [InlineData("""{"name":"a","given":{"to":"ST_004","sent":{}},"expect":{"starts":[]}}""", "cases[0].given.sent")]
    [InlineData("""{"name":"a","given":{"to":"ST_004","sent":[7]},"expect":{"starts":[]}}""", "cases[0].given.sent[0]")]
    [InlineData("""{"name":"a","given":{"to":"ST_004","movedOn":{}},"expect":{"starts":[]}}""", "cases[0].given.movedOn")]
    [InlineData("""{"name":"a","given":{"to":"ST_004","lateHours":-1},"expect":{"starts":[]}}""", "cases[0].given.lateHours")]
    [InlineData("""{"name":"a","given":{"to":"ST_004","startedDaysAgo":{"x":1}},"expect":{"starts":[]}}""",
        "cases[0].given.startedDaysAgo.x")]
    [InlineData("""{"name":"a","given":{"to":"ST_004","metrics":{"x":1}},"expect":{"starts":[]}}""", "cases[0].given.metrics.x")]
    [InlineData("""{"name":"a","given":{"to":"ST_004","profile":[]},"expect":{"starts":[]}}""", "cases[0].given.profile")]
    [InlineData("""{"name":"a","given":{"to":"ST_004"},"expect":{}}""", "cases[0].expect")]
    [InlineData("""{"name":"a","given":{"to":"ST_004"},"expect":{"starts":[7]}}""", "cases[0].expect.starts[0]")]
    [InlineData("""{"name":"a","given":{"to":"ST_004"},"expect":{"starts":["welcome_bak"]}}""", "cases[0].expect.starts[0]")]
    [InlineData("""{"name":"a","given":{"to":"ST_004"},"expect":{"messages":[{"campaign":"cs_alert","fate":"sended"}]}}""",
        "cases[0].expect.messages[0].fate")]
    [InlineData("""{"name":"a","given":{"to":"ST_004"},"expect":{"messages":[{"campaign":"cs_alert","after":1}]}}""",
        "cases[0].expect.messages[0].after")]
    [InlineData("""{"name":"a","given":{"to":"ST_004"},"expect":{"messages":[7]}}""", "cases[0].expect.messages[0]")]
    public void What_no_case_can_mean_is_told_with_its_place(string json, string path) => Assert.Contains(
        path, Assert.IsType<Parsed<ImmutableArray<CampaignCase>>.Failed>(
            CampaignCaseReader.Read(JsonElement.Parse($"[{json}]"), DefaultCampaigns.Campaigns)).Errors.Select(error => error.Path));

    static ImmutableArray<CampaignCase> Cases(JsonElement json) => CampaignCaseReader.Read(json, DefaultCampaigns.Campaigns) switch
    {
        Parsed<ImmutableArray<CampaignCase>>.Ok ok => ok.Value,
        Parsed<ImmutableArray<CampaignCase>>.Failed failed => throw new InvalidOperationException(string.Join('\n', failed.Errors)),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>Comments are the writer's own.</summary>
    static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));

    static JsonElement Read(string file, string member) =>
        Assert.IsType<Parsed<JsonElement>.Ok>(CampaignFile.Read(File.ReadAllText(Path.Combine(Folder, file)))).Value.GetProperty(member);

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "LStep.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}

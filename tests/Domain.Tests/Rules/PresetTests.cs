using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Deciding;
using LStep.Domain.Rules;

namespace LStep.Domain.Tests.Rules;

/// <summary>The rule sets that are shipped, with the cases beside them.</summary>
public class PresetTests
{
    static readonly string Folder = Path.Combine(Root(), "presets");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.rules.json").Select(path => Path.GetFileName(path)[..^".rules.json".Length]).Order()];

    [Fact]
    public void There_are_three() => Assert.Equal(3, Names.Count);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_preset_is_sound(string name)
    {
        var found = RuleSetCheck.Check(Read($"{name}.rules.json", "rules"));
        Assert.Empty(found.Errors);
        Assert.Empty(found.Warnings);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_case_beside_a_preset_holds(string name)
    {
        var rules = RuleSetCheck.Check(Read($"{name}.rules.json", "rules")).Rules;
        var cases = Assert.IsType<Parsed<ImmutableArray<RuleCase>>.Ok>(CaseReader.Read(Read($"{name}.cases.json", "cases"))).Value;
        Assert.True(cases.Length >= 5);
        Assert.Empty(cases.Select(one => RuleCaseRun.Run(one, rules)).Where(outcome => !outcome.Holds)
            .Select(outcome => $"{outcome.Case.Name}: {string.Join("; ", outcome.Differences)}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_preset_is_laid_out_as_an_export_lays_it_out(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder, $"{name}.rules.json"));
        var printed = RuleFile.Print(RuleSetCheck.Check(Read($"{name}.rules.json", "rules")).Rules);
        Assert.Equal(Lines(printed), Lines(text));
    }

    [Fact]
    public void The_default_is_version_1() => Assert.Equal(
        RuleJson.Print(DefaultRules.Rules), RuleJson.Print(RuleSetCheck.Check(Read("default.rules.json", "rules")).Rules));

    [Fact]
    public void What_is_printed_comes_back_from_its_file()
    {
        var file = Assert.IsType<Parsed<JsonElement>.Ok>(RuleFile.Read(RuleFile.Print(DefaultRules.Rules))).Value;
        Assert.Equal(
            RuleJson.Print(DefaultRules.Rules), RuleJson.Print(RuleSetCheck.Check(file.GetProperty("rules")).Rules));
    }

    /// <summary>Comments are the writer's own.</summary>
    static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));

    static JsonElement Read(string file, string member) =>
        Assert.IsType<Parsed<JsonElement>.Ok>(RuleFile.Read(File.ReadAllText(Path.Combine(Folder, file)))).Value.GetProperty(member);

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "LStep.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}

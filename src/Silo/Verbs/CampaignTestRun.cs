using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using LStep.Domain.Campaigning;
using LStep.Domain.Campaigning.Cases;
using LStep.Domain.Deciding;
using LStep.Grains.Campaigns.Sending;
using LStep.Grains.Campaigns.Sets;
using LStep.Grains.Campaigns.Templates;

namespace LStep.Silo.Verbs;

/// <summary>Runs the cases of one file of campaigns and tells each, those that do not hold with what was found instead.</summary>
/// <param name="templates">The texts that the campaigns have to have.</param>
internal sealed class CampaignTestRun(TemplateFiles templates)
{
    private const string CampaignsEnd = ".campaigns.json", CasesEnd = ".campaigns.cases.json", Path = "campaigns";

    private readonly CampaignTextCheck texts = new(templates, MachineClock.Instance, MessageSettings.LanguagesByDefault);

    /// <summary>Cases that do not hold, and everything that keeps them from being run.</summary>
    public int Failures(string path, string? casesPath)
    {
        var file = RuleFiles.Read(path, CampaignFile.Read);
        var found = CampaignSetCheck.Check(RuleFiles.Member(file, CampaignFile.List, path), Path);
        var (errors, warnings) = texts.Run(found.Campaigns, Path);
        RuleFiles.Tell([.. found.Errors, .. errors], [.. found.Warnings, .. warnings]);
        if (!found.IsSound || !errors.IsEmpty || Cases(file, path, casesPath, found.Set) is not { } cases) return 1;
        Console.WriteLine($"{path}: {found.Set.Length} campaigns, {cases.Count} cases");
        var failed = 0;
        foreach (var one in cases)
        {
            var outcome = CampaignCaseRun.Run(one, found.Set);
            if (!outcome.Holds) failed++;
            Tell(outcome);
        }
        Console.WriteLine($"{cases.Count - failed} passed, {failed} failed");
        return failed;
    }

    /// <summary>Those of the file itself and those beside it; null, and why, when there are none that can be read.</summary>
    private static List<CampaignCase>? Cases(JsonElement file, string path, string? casesPath, ImmutableArray<Campaign> campaigns)
    {
        var beside = casesPath ?? (path.EndsWith(CampaignsEnd, StringComparison.Ordinal)
            && File.Exists(path[..^CampaignsEnd.Length] + CasesEnd) ? path[..^CampaignsEnd.Length] + CasesEnd : null);
        var lists = new List<JsonElement>();
        if (file.TryGetProperty("cases", out var within)) lists.Add(within);
        if (beside is not null) lists.Add(RuleFiles.Member(RuleFiles.Read(beside, CampaignFile.Read), "cases", beside));
        if (lists.Count == 0)
            Console.Error.WriteLine($"error    {path}: there are no cases in it, and no file {CasesEnd} of its name beside it.");
        var cases = new List<CampaignCase>();
        foreach (var list in lists)
            switch (CampaignCaseReader.Read(list, campaigns))
            {
                case Parsed<ImmutableArray<CampaignCase>>.Ok ok:
                    cases.AddRange(ok.Value);
                    break;
                case Parsed<ImmutableArray<CampaignCase>>.Failed failed:
                    RuleFiles.Tell(failed.Errors, []);
                    return null;
            }
        return cases.Count > 0 ? cases : null;
    }

    private static void Tell(CampaignCaseOutcome outcome)
    {
        Console.WriteLine($"{(outcome.Holds ? "ok  " : "FAIL")}  {outcome.Case.Name}");
        if (outcome.Holds) return;
        foreach (var difference in outcome.Differences)
            Console.WriteLine(
                $"      {difference.Member}\n        - expected {difference.Expected}\n        + found    {difference.Found}");
        foreach (var one in outcome.Messages)
            Console.WriteLine(
                $"      {one.Campaign} {one.Step} {one.Channel.Name()}: due {Text(one.ScheduledFor)}"
                    + $"{(one.Held is { } held ? $", held by {held} until {Text(one.HeldUntil!.Value)}" : "")}, {one.Fate} {Text(one.At)}"
                    + $"{(one.Reason is { } why ? $" ({why})" : "")}");
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}

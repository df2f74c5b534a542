using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Deciding;
using LStep.Domain.Rules;

namespace LStep.Silo.Verbs;

/// <summary>Runs the cases of one file of rules and tells each, those that do not hold with what was found instead.</summary>
internal static class RuleTestRun
{
    private const string RulesEnd = ".rules.json", CasesEnd = ".cases.json";

    /// <summary>Cases that do not hold, and everything that keeps them from being run.</summary>
    public static int Failures(string path, string? casesPath)
    {
        var file = RuleFiles.Read(path);
        var found = RuleSetCheck.Check(RuleFiles.Member(file, "rules", path));
        RuleFiles.Tell(found);
        var cases = Cases(file, path, casesPath);
        if (!found.IsSound || cases is null) return 1;
        Console.WriteLine($"{path}: {found.Rules.Length} rules, {cases.Count} cases");
        var failed = 0;
        foreach (var one in cases)
        {
            var outcome = RuleCaseRun.Run(one, found.Rules);
            if (!outcome.Holds) failed++;
            Tell(outcome);
        }
        Console.WriteLine($"{cases.Count - failed} passed, {failed} failed");
        return failed;
    }

    /// <summary>Those of the file itself and those beside it; null, and why, when there are none that can be read.</summary>
    private static List<RuleCase>? Cases(JsonElement file, string path, string? casesPath)
    {
        var beside = casesPath ?? (path.EndsWith(RulesEnd, StringComparison.Ordinal) && File.Exists(path[..^RulesEnd.Length] + CasesEnd)
            ? path[..^RulesEnd.Length] + CasesEnd : null);
        var lists = new List<JsonElement>();
        if (file.TryGetProperty("cases", out var within)) lists.Add(within);
        if (beside is not null) lists.Add(RuleFiles.Member(RuleFiles.Read(beside), "cases", beside));
        if (lists.Count == 0)
            Console.Error.WriteLine($"error    {path}: there are no cases in it, and no file {CasesEnd} of its name beside it.");
        var cases = new List<RuleCase>();
        foreach (var list in lists)
            switch (CaseReader.Read(list))
            {
                case Parsed<ImmutableArray<RuleCase>>.Ok ok:
                    cases.AddRange(ok.Value);
                    break;
                case Parsed<ImmutableArray<RuleCase>>.Failed failed:
                    foreach (var error in failed.Errors) Console.Error.WriteLine($"error    {RuleFiles.Line(error)}");
                    return null;
            }
        return cases.Count > 0 ? cases : null;
    }

    private static void Tell(CaseOutcome outcome)
    {
        Console.WriteLine($"{(outcome.Holds ? "ok  " : "FAIL")}  {outcome.Case.Name}");
        if (outcome.Holds) return;
        foreach (var difference in outcome.Differences)
            Console.WriteLine(
                $"      {difference.Member}\n        - expected {difference.Expected}\n        + found    {difference.Found}");
        if (outcome.Evaluation.Rules.FirstOrDefault(rule => rule.Name == outcome.Evaluation.Rule) is { } winner)
            foreach (var clause in winner.Clauses.Where(clause => clause.Met))
                Console.WriteLine(
                    $"      {winner.Name}: {clause.Metric} {Text(clause.Observed)} {clause.Operator} {clause.Threshold}");
    }

    private static string Text(MetricValue value) =>
        value.Number?.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) ?? value.Text
            ?? (value.List is { } list ? $"[{string.Join(", ", list)}]" : "-");
}

using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Domain.Rules;

namespace LStep.Silo.Verbs;

/// <summary>Rules as files: out of a running server, into it, and their cases, which need no server at all.</summary>
public static class RulesVerb
{
    public static Command Build() => new("rules", "Exports, imports, tests and backtests rule sets that are kept as files.")
    {
        Export(), Import(), Test(), BacktestVerb.Build(),
    };

    private static Command Export()
    {
        var file = new Argument<string>("FILE") { Description = "Where to write them; - for the standard output" };
        var version = new Option<int?>("--version") { Description = "A published version; the one in force without it", HelpName = "N" };
        var verb = new Command("export", "Writes the rules of a server to a file fit for version control.") { file, version };
        return OnServer(verb, async (server, parsed, cancel) =>
        {
            var number = parsed.GetValue(version);
            var set = await server.Get(number is null ? "/api/rules" : $"/api/rules/versions/{number}", cancel);
            var text = RuleFile.Print(Rules(set));
            if (parsed.GetValue(file) is var path and not "-") await File.WriteAllTextAsync(path!, text, cancel);
            else Console.Write(text);
            return 0;
        });
    }

    private static Command Import()
    {
        var file = new Argument<string>("FILE") { Description = "As rules export writes it; comments are allowed" };
        var check = new Option<bool>("--check") { Description = "Only tell what would change, and what is wrong" };
        var comment = new Option<string?>("--comment") { Description = "Why, for those who read the history", HelpName = "TEXT" };
        var madeFrom = new Option<int?>("--base")
        {
            Description = "The version that the file was made from; refused when another is in force", HelpName = "N",
        };
        var verb = new Command("import", "Publishes the rules of a file as the next version, and tells what that changes.")
        {
            file, check, comment, madeFrom,
        };
        verb.Aliases.Add("publish");
        return OnServer(verb, async (server, parsed, cancel) =>
        {
            var content = RuleFiles.Read(parsed.GetValue(file)!);
            var rules = RuleFiles.Member(content, "rules", parsed.GetValue(file)!);
            var active = await server.Get("/api/rules", cancel);
            var (version, before) = (active.GetProperty("version").GetInt32(), Rules(active).ToList());
            // Rules without an id are new: the server gives them one that no rule ever had.
            var found = RuleSetCheck.Check(rules, idsUsed: before.Max(rule => rule.Id));
            RuleFiles.Tell(found);
            if (!found.IsSound) return 1;
            var difference = RuleSetDifference.Of(before, found.Rules);
            RuleFiles.Tell(difference, version);
            if (parsed.GetValue(check) || difference.IsNone) return 0;
            var published = await server.Put("/api/rules", new
            {
                rules, comment = parsed.GetValue(comment) ?? Comment(content), baseVersion = parsed.GetValue(madeFrom) ?? version,
            }, cancel);
            Console.WriteLine(
                $"Published as version {published.GetProperty("version")}; batch {published.GetProperty("batchId")} looks at everybody "
                    + "again.");
            return 0;
        });
    }

    private static Command Test()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Rules; their cases are in the file, or beside it: x.cases.json for x.rules.json",
            Arity = ArgumentArity.OneOrMore,
        };
        var cases = new Option<string?>("--cases")
        {
            Description = "A file of cases instead of the one beside the rules", HelpName = "FILE",
        };
        var verb = new Command(
            "test", "Runs the given/expect cases of rules; exit 1 and the differences when one does not hold. Needs no server.")
        {
            files, cases,
        };
        verb.SetAction(parsed => parsed.GetValue(files)!.Sum(file => RuleTestRun.Failures(file, parsed.GetValue(cases))) == 0 ? 0 : 1);
        return verb;
    }

    private static ImmutableArray<Rule> Rules(JsonElement set) =>
        RuleJson.Parse(set.GetProperty("rules")) is Parsed<ImmutableArray<Rule>>.Ok ok ? ok.Value
            : throw new VerbRefusedException("The server's rules cannot be read by this version of the command.");

    internal static string? Comment(JsonElement content) =>
        content.TryGetProperty("comment", out var comment) && comment.ValueKind == JsonValueKind.String ? comment.GetString() : null;

    internal static Command OnServer(Command verb, Func<RulesServer, ParseResult, CancellationToken, Task<int>> work)
    {
        var url = new Option<Uri?>("--url")
        {
            Description =
                "Where the server is (the one that runs on the data); its token comes from LSTEP_ADMIN_TOKEN, or keys.json in --data",
            HelpName = "URL", CustomParser = OptionTexts.Address,
        };
        verb.Add(url);
        var common = new CommonOptions().AddTo(verb, serving: false);
        verb.SetAction(async (parsed, cancel) =>
        {
            using var server = await RulesServer.Find(parsed.GetValue(url), common.Read(parsed, serving: false), cancel);
            return await work(server, parsed, cancel);
        });
        return verb;
    }
}

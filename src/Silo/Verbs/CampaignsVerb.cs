using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using LStep.Domain.Campaigning;
using LStep.Domain.Deciding;

namespace LStep.Silo.Verbs;

/// <summary>Campaigns as files: out of a running server, into it, and their cases, which need no server at all.</summary>
public static class CampaignsVerb
{
    public static Command Build() => new("campaigns", "Exports, imports and tests sets of campaigns that are kept as files.")
    {
        Export(), Import(), Test(),
    };

    private static Command Export()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "Where to write them; the standard output without one, or with -", DefaultValueFactory = _ => "-",
        };
        var version = new Option<int?>("--version") { Description = "A published version; the one in force without it", HelpName = "N" };
        var verb = new Command("export", "Writes the campaigns of a server to a file fit for version control.") { file, version };
        return RulesVerb.OnServer(verb, async (server, parsed, cancel) =>
        {
            var number = parsed.GetValue(version);
            var set = await server.Get(number is null ? "/api/campaigns" : $"/api/campaigns/versions/{number}", cancel);
            var text = CampaignFile.Print(Campaigns(set));
            if (parsed.GetValue(file) is var path and not "-") await File.WriteAllTextAsync(path!, text, cancel);
            else Console.Write(text);
            return 0;
        });
    }

    private static Command Import()
    {
        var file = new Argument<string>("FILE") { Description = "As campaigns export writes it; comments are allowed" };
        var check = new Option<bool>("--check") { Description = "Only tell what would change, and what is wrong" };
        var comment = new Option<string?>("--comment") { Description = "Why, for those who read the history", HelpName = "TEXT" };
        var madeFrom = new Option<int?>("--base")
        {
            Description = "The version that the file was made from; refused when another is in force", HelpName = "N",
        };
        var verb = new Command("import", "Publishes the campaigns of a file as the next version, and tells what that changes.")
        {
            file, check, comment, madeFrom,
        };
        verb.Aliases.Add("publish");
        return RulesVerb.OnServer(verb, async (server, parsed, cancel) =>
        {
            var content = RuleFiles.Read(parsed.GetValue(file)!, CampaignFile.Read);
            var campaigns = RuleFiles.Member(content, CampaignFile.List, parsed.GetValue(file)!);
            var active = await server.Get("/api/campaigns", cancel);
            var (version, before) = (active.GetProperty("version").GetInt32(), Campaigns(active));
            var found = CampaignSetCheck.Check(campaigns);
            // What is wrong with the texts, which are the server's, is told by it.
            var asked = found.IsSound ? await server.Post("/api/campaigns/validate", new { campaigns }, cancel) : default;
            RuleFiles.Tell(found.IsSound ? Told(asked, "errors") : found.Errors, found.IsSound ? Told(asked, "warnings") : found.Warnings);
            if (!found.IsSound || asked.GetProperty("errors").GetArrayLength() > 0) return 1;
            var difference = CampaignSetDifference.Of(before, found.Set);
            Tell(difference, version);
            if (parsed.GetValue(check) || difference.IsNone) return 0;
            var published = await server.Put("/api/campaigns", new
            {
                campaigns, comment = parsed.GetValue(comment) ?? RulesVerb.Comment(content),
                baseVersion = parsed.GetValue(madeFrom) ?? version,
            }, cancel);
            Console.WriteLine($"Published as version {published.GetProperty("version")}, in force on every node within 5 s.");
            return 0;
        });
    }

    private static Command Test()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Campaigns; their cases are in the file, or beside it: x.campaigns.cases.json for x.campaigns.json",
            Arity = ArgumentArity.OneOrMore,
        };
        var cases = new Option<string?>("--cases")
        {
            Description = "A file of cases instead of the one beside the campaigns", HelpName = "FILE",
        };
        var templates = new Option<string?>("--templates")
        {
            Description = "Compiled texts of your own, which go before the product's (LSTEP_TEMPLATES)", HelpName = "DIR",
        };
        var verb = new Command(
            "test",
            "Checks campaigns with their texts and runs their given/expect cases; exit 1 and the differences when one does not hold. Needs "
                + "no server.")
        {
            files, cases, templates,
        };
        verb.SetAction(parsed =>
        {
            var folder = parsed.GetValue(templates) ?? Environment.GetEnvironmentVariable("LSTEP_TEMPLATES");
            var run = new CampaignTestRun(MessagingVariables.TemplatesIn(string.IsNullOrEmpty(folder) ? null : folder));
            return parsed.GetValue(files)!.Sum(file => run.Failures(file, parsed.GetValue(cases))) == 0 ? 0 : 1;
        });
        return verb;
    }

    private static ImmutableArray<Campaign> Campaigns(JsonElement set) =>
        CampaignJson.Parse(set.GetProperty("campaigns")) is Parsed<ImmutableArray<Campaign>>.Ok ok ? ok.Value
            : throw new VerbRefusedException("The server's campaigns cannot be read by this version of the command.");

    private static ImmutableArray<InputError> Told(JsonElement found, string name) =>
    [
        .. found.GetProperty(name).EnumerateArray().Select(one => new InputError(
            one.GetProperty("path").GetString()!, one.GetProperty("code").GetString()!, one.GetProperty("message").GetString()!)),
    ];

    private static void Tell(CampaignSetDifference difference, int against)
    {
        if (difference.IsNone) Console.WriteLine($"The same campaigns as version {against}: there is nothing to publish.");
        foreach (var campaign in difference.Removed) Console.WriteLine($"- {campaign.Name}");
        foreach (var campaign in difference.Added) Console.WriteLine($"+ {campaign.Name}");
        foreach (var campaign in difference.Changed)
            foreach (var change in campaign.Changes)
                Console.WriteLine($"~ {campaign.Name}: {change.Field}\n    - {change.Before}\n    + {change.After}");
    }
}

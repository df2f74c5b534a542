using System.CommandLine;
using System.Diagnostics;
using LStep.Grains.Campaigns.Channels;
using LStep.Silo;
using LStep.Silo.Verbs;
using LStep.Workbench.Client;
using LStep.Workbench.Replay;

namespace LStep.Workbench.Verbs;

/// <summary>Plays events through the HTTP ingest of a silo of its own, or of one that runs elsewhere on a simulated clock.</summary>
public static class ReplayVerb
{
    private const int LinesToldMax = 10;

    public static Command Build()
    {
        var sources = new Argument<string[]>("SOURCE")
        {
            Description = "Folders or files: OULAD event files, the original OULAD tables, or NDJSON of Segment messages",
            Arity = ArgumentArity.OneOrMore,
        };
        var server = new Option<Uri?>("--url")
        {
            Description = "A running server with --clock to play against, instead of one of our own",
            HelpName = "URL",
            CustomParser = OptionTexts.Address,
        };
        var writeKey = new Option<string?>("--write-key") { Description = "The server's write key (LSTEP_WRITE_KEY)" };
        var token = new Option<string?>("--token") { Description = "An admin token of the server (LSTEP_ADMIN_TOKEN)" };
        var verb = new Command(
            "replay",
            "Plays events day by day on a simulated clock, through the HTTP ingest, and says what came of it. Run again after an "
                + "interruption it goes on.")
        {
            sources, server, writeKey, token,
        };
        var common = new CommonOptions().AddTo(verb, serving: true);
        verb.SetAction(async (parsed, cancel) =>
        {
            var source = ReplaySource.Open(parsed.GetValue(sources)!);
            Console.WriteLine($"{source.Description}: {source.First:yyyy-MM-dd} to {source.Last:yyyy-MM-dd}");
            Tell(source.LeftOut);
            if (parsed.GetValue(server) is { } url)
            {
                var key = parsed.GetValue(writeKey) ?? CommonOptions.Variable("LSTEP_WRITE_KEY");
                var admin = parsed.GetValue(token) ?? CommonOptions.Variable("LSTEP_ADMIN_TOKEN");
                if (key is null || admin is null) throw new VerbRefusedException("A running server needs its --write-key and --token.");
                await Play(source, url, key, admin, cancel);
                return;
            }
            // Learners of years ago get no mail.
            var options = common.Read(parsed) with { Channels = new ChannelSettings() };
            await using var silo = await LStepSilo.Start(
                options with { Clock = options.Clock ?? new(source.First.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), Quiet = true },
                cancel);
            Console.WriteLine($"Serving on {silo.Address} meanwhile; sign-in: ./lstep keys link");
            await Play(source, silo.Address, silo.Keys.WriteKey, silo.Keys.AdminToken, cancel);
        });
        return verb;
    }

    /// <summary>Of thousands of lines that are all wrong in the same way the first say enough.</summary>
    private static void Tell(IReadOnlyList<string> leftOut)
    {
        foreach (var line in leftOut.Take(LinesToldMax)) Console.Error.WriteLine($"Left out: {line}");
        if (leftOut.Count > LinesToldMax) Console.Error.WriteLine($"Left out: {leftOut.Count - LinesToldMax:N0} more");
    }

    private static async Task Play(ReplaySource source, Uri address, string writeKey, string adminToken, CancellationToken cancel)
    {
        using var server = new LStepClient(address, writeKey, adminToken);
        var ledger = new ReplayLedger(server);
        var player = new ReplayPlayer(server, ledger);
        var watch = Stopwatch.StartNew();
        var end = await PlayProgress.Show(source, progress => player.Play(source, progress, cancel));
        await ReplaySummary.Write(server, ledger, player, end, watch.Elapsed, cancel);
    }
}

using System.CommandLine;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Database;
using LStep.Grains.Database.Postgres;
using LStep.Grains.People;
using LStep.Grains.Transitions;
using LStep.Silo;
using LStep.Silo.Verbs;
using LStep.Workbench.Client;
using LStep.Workbench.Demo;
using LStep.Workbench.Replay;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Workbench.Verbs;

/// <summary>
/// An invented year up to today in about a minute, then live. It lives in a folder of its own and begins afresh each time,
/// so that it never meets real data.
/// </summary>
public static class DemoVerb
{
    private const int DaysInYear = 365;
    private const int LearnersMax = 100_000;

    public static Command Build()
    {
        var verb = new Command(
            "demo",
            "Serves a dashboard worth looking at: an invented year of learners in about a minute, then live. "
                + "Begins afresh each time, in DIR/demo.");
        var learners = new Option<int>("--learners")
        {
            Description = "How many learners to invent", DefaultValueFactory = _ => Population.DefaultLearners,
        }.Within(1, LearnersMax);
        var seed = new Option<ulong>("--seed")
        {
            Description = "Another seed, other learners", DefaultValueFactory = _ => Population.DefaultSeed,
        }.Within(0, ulong.MaxValue);
        verb.Add(learners);
        verb.Add(seed);
        var common = new CommonOptions().AddTo(verb, serving: true);
        verb.SetAction(async (parsed, cancel) =>
        {
            // Invented learners get no mail: what would be sent is kept, and shown.
            var options = common.Read(parsed) with { Channels = ChannelSettings.SinkOnly };
            var now = MachineClock.Instance.GetUtcNow();
            var end = options.Clock ?? now;
            var first = DateOnly.FromDateTime(end.UtcDateTime).AddDays(-DaysInYear);
            var population = new Population(first, DaysInYear, parsed.GetValue(learners), parsed.GetValue(seed));

            var folder = await Fresh(options, cancel);
            await using var silo = await LStepSilo.Start(
                options with { DataFolder = folder, Clock = new(first.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), Quiet = true },
                cancel);
            var link = await silo.Services.GetRequiredService<Tokens>().NewLink(Role.Admin, "demo", cancel: cancel);
            StartText.Write(silo, link);

            using var server = new LStepClient(silo.Address, silo.Keys.WriteKey, silo.Keys.AdminToken);
            var player = new ReplayPlayer(server, new ReplayLedger(server));
            var year = new ReplaySource("an invented year", first, first.AddDays(DaysInYear - 1), population.Days);
            await PlayProgress.Show(year, progress => player.Play(year, progress, cancel));
            await player.Flagged.Write(cancel);
            Console.WriteLine("The year is over; the demo goes on live until Ctrl-C.");
            await new LiveDemo(server, population, MachineClock.Instance).Run(end - now, cancel);
        });
        return verb;
    }

    /// <summary>Nothing of an earlier demo; a server that was given must not hold anybody yet.</summary>
    private static async Task<string> Fresh(SiloOptions options, CancellationToken cancel)
    {
        var folder = Path.Combine(options.DataFolder, "demo");
        if (options.Postgres is { } given)
        {
            await using var database = new PostgresDatabase(given);
            await new Migrator(database).Up(cancel);
            if ((await new LedgerReads(database).Ledger(0, 1, cancel)).Count > 0)
                throw new VerbRefusedException(
                    "The database given holds customers already. The demo wants an empty one, or none: then it makes its own.");
        }
        else if (Directory.Exists(folder))
        {
            // A demo that was killed left its PostgreSQL running; whoever leaves last stops it.
            if (PrivatePostgres.IsRunningIn(folder)) await (await PrivatePostgres.Start(folder, cancel: cancel)).DisposeAsync();
            if (PrivatePostgres.IsRunningIn(folder))
                throw new VerbRefusedException($"Another demo is running in {folder}; stop it first, or give another --data.");
            Directory.Delete(folder, recursive: true);
        }
        return folder;
    }
}

using System.CommandLine;
using LStep.Grains.Database;

namespace LStep.Silo.Verbs;

/// <summary>Brings the tables up to date, or back.</summary>
public static class MigrateVerb
{
    public static Command Build()
    {
        var verb = new Command("migrate", "Brings the tables up to date, or back.");
        var up = new Command("up", "Applies every migration that is missing. A start does the same.");
        var common = new CommonOptions().AddTo(up, serving: false);
        up.SetAction((parsed, cancel) => With(common.Read(parsed, serving: false), migrator => migrator.Up(cancel), "Applied", cancel));

        var number = new Argument<int>("N")
        {
            Description = "The number of the newest migration to keep; 0 takes everything back, with all data.",
        }.Within(0, 9_999);
        var down = new Command("down", "Takes back every migration above N.") { number };
        var commonDown = new CommonOptions().AddTo(down, serving: false);
        down.SetAction((parsed, cancel) => With(
            StandingData.Find(commonDown.Read(parsed, serving: false)), migrator =>
                migrator.DownTo(parsed.GetValue(number), cancel), "Taken back", cancel));

        verb.Add(up);
        verb.Add(down);
        return verb;
    }

    private static async Task With(
        SiloOptions options, Func<Migrator, Task<IReadOnlyList<string>>> work, string done, CancellationToken cancel)
    {
        await using var opened = await OpenDatabase.At(options, cancel);
        var names = await work(new Migrator(opened.Database));
        foreach (var name in names) Console.WriteLine($"{done}: {name}");
        if (names.Count == 0) Console.WriteLine("Nothing to do.");
    }
}

using System.CommandLine;
using System.Text.Json;
using LStep.Grains.Database;
using LStep.Grains.Predictions;

namespace LStep.Silo.Verbs;

/// <summary>The process of one training, which a silo starts; see <see cref="TrainingProcess"/>.</summary>
internal static class TrainModelVerb
{
    public const string Name = "train-model";

    public static Command Build()
    {
        var verb = new Command(Name, "What a silo starts for a training of its own model; told what to do on its standard input.")
        {
            Hidden = true,
        };
        verb.SetAction(async (parsed, cancel) =>
        {
            var input = Console.In;
            if (input.ReadLine() is not { } line || JsonSerializer.Deserialize<TrainingRequest>(line) is not { } request)
                throw new WrongUsageException("A silo starts this by itself. A training is asked for on the page Predictions.");
            if (request.GivesWay) SayOfSelf("autogroup", "19");
            SayOfSelf("oom_score_adj", "1000");
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            EndWith(input, gone);
            await using var database = new PostgresDatabase(request.Postgres);
            Console.WriteLine(JsonSerializer.Serialize(await new TrainingJob(database).Run(request, gone.Token)));
            return 0;
        });
        return verb;
    }

    /// <summary>The silo holds the other end for as long as it lives.</summary>
    private static void EndWith(TextReader input, CancellationTokenSource gone) => new Thread(() =>
    {
        // The standard input knows no reading but such that a thread waits for.
        while (input.ReadLine() is not null)
        {
        }
        gone.Cancel();
    }) { IsBackground = true, Name = "silo" }.Start();

    /// <summary>
    /// autogroup: how nice the session is to others, 19 at most. oom_score_adj: where memory runs out, Linux ends the process with 1,000
    /// before the silo.
    /// </summary>
    private static void SayOfSelf(string file, string value)
    {
        try
        {
            if (OperatingSystem.IsLinux()) File.WriteAllText($"/proc/self/{file}", value);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where it may not be said, they are equals.
        }
    }
}

using System.CommandLine;
using System.Diagnostics;
using LStep.Grains.Database;
using LStep.Silo.Keys;
using LStep.Silo.Supervision;

namespace LStep.Silo.Verbs;

/// <summary>Several silos on this machine over one database: the topology of a cluster, as plain processes.</summary>
public static class ClusterVerb
{
    private const int SilosMax = 16;

    /// <param name="program">The path of the program whose processes the silos are, and the verb that serves; this one's `run`
    /// without.</param>
    public static Command Build((string Path, string Verb)? program = null)
    {
        var count = new Argument<int>("N") { Description = $"How many silos, up to {SilosMax}", DefaultValueFactory = _ => 3 }
            .Within(1, SilosMax);
        var common = new CommonOptions();
        var verb = new Command(
            "cluster",
            "Serves from N silos on this machine over one PostgreSQL, at --port and the ports after it; a silo that ends is started "
                + "again; Ctrl-C stops all of them cleanly.")
        {
            count, common.Data, common.Postgres, common.Port, common.SiloPort, common.Zone, common.ApiRate,
        };
        verb.SetAction(async (parsed, cancel) =>
        {
            var options = common.Read(parsed);
            var silosAsked = parsed.GetValue(count);
            MustExist("--port", options.Port, silosAsked);
            MustExist("--silo-port", options.SiloPort ?? 0, silosAsked);
            for (var n = 0; n < silosAsked; n++) HttpPort.MustBeFree(options.Listen, PortOf(options.Port, n));
            await using var opened = await OpenDatabase.At(options, cancel);
            // A database that cannot be had is said here, once; silos would be started again and again.
            await new Migrator(opened.Database).Up(cancel);
            var file = new KeyFile(options.DataFolder);
            var keys = file.Resolve(options.WriteKey, options.AdminToken);
            var started = program ?? (typeof(LStepSilo).Assembly.Location, "run");
            SupervisedSilo Silo(int n) => new(
                Start(started, options, n, opened.Database.ConnectionString, keys), line => Console.WriteLine($"[{n + 1}] {line}"));
            var silos = Enumerable.Range(0, silosAsked).Select(Silo).ToList();
            Console.WriteLine(
                $"{silos.Count} silos; keys in {(File.Exists(file.Path) ? file.Path : "the environment")}; Ctrl-C stops them");
            await Task.WhenAll(silos.Select(silo => silo.Run(cancel)));
        });
        return verb;
    }

    private static void MustExist(string option, int first, int count)
    {
        if (first + count - 1 > ushort.MaxValue)
            throw new WrongUsageException($"Ports {first} to {first + count - 1} do not exist: give a lower {option}.");
    }

    /// <summary>The ports after the one that was asked for; 0 is any free one for each of them.</summary>
    private static int PortOf(int first, int number) => first == 0 ? 0 : first + number;

    /// <summary>Secrets go by the environment: everybody on the machine can read arguments.</summary>
    private static ProcessStartInfo Start(
        (string Path, string Verb) program, SiloOptions options, int number, string postgres, StartKeys keys) =>
        new("dotnet",
        [
            program.Path, program.Verb, "--port", $"{PortOf(options.Port, number)}", "--data", options.DataFolder,
            .. options.SiloPort is { } first ? ["--silo-port", $"{PortOf(first, number)}"] : Array.Empty<string>(),
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["LSTEP_POSTGRES"] = postgres, ["LSTEP_WRITE_KEY"] = keys.WriteKey, ["LSTEP_ADMIN_TOKEN"] = keys.AdminToken,
                ["LSTEP_ZONE"] = options.BusinessZone, ["LSTEP_API_RATE"] = $"{options.ApiRequestsPerSecond}",
            },
        };
}

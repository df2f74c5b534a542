using System.CommandLine;
using LStep.Grains.Database.Postgres;
using LStep.Silo.Init;
using LStep.Silo.Keys;

namespace LStep.Silo.Verbs;

/// <summary>Brings customers from a file, through the import of a running server or of one of its own.</summary>
public static class InitCustomersVerb
{
    public static Command Build()
    {
        var file = new Argument<string>("FILE")
        {
            Description =
                "CSV with a header (comma, semicolon or tab) or NDJSON, .gz or not: id (or userId, customerId), and traits by their names",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Reads the file and says what would be refused; sends nothing" };
        var rejected = new Option<string?>("--rejected")
        {
            Description = "Where rows that are refused are listed with line and reason (FILE.rejected.csv)", HelpName = "PATH",
        };
        var server = new Option<Uri?>("--url")
        {
            Description = "The server to bring them to (the one that runs on the data, or one of our own)", HelpName = "URL",
            CustomParser = OptionTexts.Address,
        };
        var verb = new Command(
            "init-customers",
            "Brings customers from a file as an import: no campaign follows. Run again, what was brought changes nothing. Exit 1 when "
                + "rows were "
                + "refused.") { file, dryRun, rejected, server };
        var common = new CommonOptions().AddTo(verb, serving: false);
        verb.SetAction(async (parsed, cancel) =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path)) throw new FileNotFoundException($"There is no file {path}.");
            var list = parsed.GetValue(rejected) ?? path + ".rejected.csv";
            var options = common.Read(parsed, serving: false);
            if (parsed.GetValue(dryRun)) return Said(await Import(path, list, null, null, cancel), isDry: true, list);

            if (parsed.GetValue(server) is { } given) return Said(await To(given, options, path, list, cancel), isDry: false, list);
            if (await Running(options, cancel) is { } running)
                return Said(await To(running.Address, running.Options, path, list, cancel), isDry: false, list);
            await using var silo = await LStepSilo.Start(options with { Port = 0, Quiet = true }, cancel);
            using var client = new HttpClient { BaseAddress = silo.Address };
            return Said(await Import(path, list, client, silo.Keys.WriteKey, cancel), isDry: false, list);
        });
        return verb;
    }

    private static async Task<(SiloOptions Options, Uri Address)?> Running(SiloOptions options, CancellationToken cancel)
    {
        if (options.Postgres is null && !PrivatePostgres.IsRunningIn(options.DataFolder)
            && !PrivatePostgres.IsRunningIn(Path.Combine(options.DataFolder, "demo"))) return null;
        var standing = StandingData.Find(options);
        await using var opened = await OpenDatabase.At(standing, cancel);
        try
        {
            return (standing, await StandingData.Server(standing, opened.Database, cancel));
        }
        catch (Exception e) when (e is VerbRefusedException or RefusedByDatabaseException or StorageUnavailableException)
        {
            return null; // nobody serves there, or there are no tables yet
        }
    }

    private static async Task<ImportSums> To(Uri address, SiloOptions options, string path, string list, CancellationToken cancel)
    {
        var key = options.WriteKey ?? new KeyFile(options.DataFolder).Read()?.WriteKey
            ?? throw new VerbRefusedException(
                $"The server at {address} wants a write key: give LSTEP_WRITE_KEY, or --data with its keys.json.");
        Console.WriteLine($"To the server at {address}");
        using var client = new HttpClient { BaseAddress = address };
        return await Import(path, list, client, key, cancel);
    }

    private static async Task<ImportSums> Import(string path, string list, HttpClient? server, string? writeKey, CancellationToken cancel)
    {
        using var progress = new VerbProgress();
        File.Delete(list);
        StreamWriter? refused = null;
        try
        {
            var import = new CustomerImport(server, writeKey, Refuse, at => progress.Show($"{at.Rows:N0} rows, {at.Rejected:N0} refused"));
            return await import.Run(new CustomerFile(path).Rows(), MachineClock.Instance, cancel);
        }
        finally
        {
            if (refused is not null) await refused.DisposeAsync();
        }

        void Refuse(int line, string code, string reason)
        {
            if (refused is null)
            {
                refused = new StreamWriter(list);
                refused.WriteLine("line,code,reason");
            }
            refused.WriteLine($"{line},{code},\"{reason.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        }
    }

    private static int Said(ImportSums sums, bool isDry, string list)
    {
        Console.WriteLine(
            $"{sums.Rows:N0} rows: {sums.Taken:N0} {(isDry ? "would be taken" : "taken")}, {sums.Known:N0} known already, "
                + $"{sums.Rejected:N0} refused"
            + (sums.Rejected > 0 ? $" (listed in {list})" : ""));
        return sums.Rejected == 0 ? 0 : 1;
    }
}

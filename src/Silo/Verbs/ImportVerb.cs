using System.CommandLine;
using LStep.Silo.Imports;

namespace LStep.Silo.Verbs;

/// <summary>Brings the past from another platform's log, through the import of a running server or of one of its own.</summary>
public static class ImportVerb
{
    /// <summary>Of names of events that the table does not know so many are told.</summary>
    private const int NamesToldMax = 10;

    public static Command Build()
    {
        var source = new Argument<string>("SOURCE") { Description = $"Whose log it is: {string.Join(" or ", LogFile.Sources)}" };
        source.AcceptOnlyFromAmong([.. LogFile.Sources]);
        var file = new Argument<string?>("FILE")
        {
            Description =
                "moodle: the report's download or the table logstore_standard_log, as CSV or JSON; openedx: tracking logs; gzip or not",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Reads the file and says what would become of it; sends nothing" };
        var printTable = new Option<bool>("--print-table") { Description = "Prints the table of the source: what its events become" };
        var options = new ImportOptions();
        var rejected = new Option<string?>("--rejected")
        {
            Description = "Where lines that are refused are listed with reason and original (FILE.rejected.csv)", HelpName = "PATH",
        };
        var server = new Option<Uri?>("--url")
        {
            Description = "The server to bring it to (the one that runs on the data, or one of our own)", HelpName = "URL",
            CustomParser = OptionTexts.Address,
        };
        var verb = new Command(
            "import",
            "Brings the past from another platform's log: no campaign follows, and a minute later the statuses are worked out as of now. "
                + "Run again, also after an interruption, what was brought changes nothing. Exit 1 when lines were refused.")
        {
            source, file, dryRun, printTable, rejected, server,
        };
        options.AddTo(verb);
        var common = new CommonOptions().AddTo(verb, serving: false);
        verb.SetAction(async (parsed, cancel) =>
        {
            var name = parsed.GetValue(source)!;
            if (parsed.GetValue(printTable))
            {
                Console.Write(LogFile.BuiltInTable(name));
                return 0;
            }
            var path = parsed.GetValue(file) ?? throw new WrongUsageException("Give the file to import, or --print-table.");
            if (!File.Exists(path)) throw new FileNotFoundException($"There is no file {path}.");
            var log = LogFile.Open(name, path, options.Read(parsed));
            var list = parsed.GetValue(rejected) ?? path + ".rejected.csv";
            var isDry = parsed.GetValue(dryRun);
            var sums = isDry ? await Import(log, list, null, null, cancel)
                : await ImportTarget.Bring(
                    common.Read(parsed, serving: false), parsed.GetValue(server),
                    (client, writeKey) => Import(log, list, client, writeKey, cancel), cancel);
            Say(log, sums, isDry, list);
            return sums.Rejected == 0 ? 0 : 1;
        });
        return verb;
    }

    private static async Task<ImportSums> Import(LogFile log, string list, HttpClient? server, string? writeKey, CancellationToken cancel)
    {
        using var progress = new VerbProgress();
        await using var refused = new RefusedRows(list, withOriginal: true);
        var import = new RowImport(
            server, writeKey, refused.Add,
            at => progress.Show($"{log.Done,4:P0}  {at.Rows:N0} events, {at.Taken:N0} taken, {at.Rejected:N0} refused"));
        return await import.Run(log.Rows(), MachineClock.Instance, cancel);
    }

    private static void Say(LogFile log, ImportSums sums, bool isDry, string list)
    {
        Console.WriteLine(
            $"{sums.Rows:N0} events: {sums.Taken:N0} {(isDry ? "would be taken" : "taken")}, {sums.Known:N0} known already, "
                + $"{sums.LeftOut:N0} left out, {sums.Rejected:N0} refused"
            + (sums.Rejected > 0 ? $" (listed in {list})" : ""));
        var without = log.Without.Take(NamesToldMax).ToList();
        if (without.Count == 0) return;
        Console.WriteLine("Left out most often because the table has no line for them (--print-table shows it, --table gives another):");
        foreach (var (name, count) in without) Console.WriteLine($"  {count,9:N0}  {name}");
    }
}

using System.CommandLine;
using LStep.Silo.Imports;
using LStep.Silo.Init;

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
            var isDry = parsed.GetValue(dryRun);
            var sums = isDry ? await Import(path, list, null, null, cancel)
                : await ImportTarget.Bring(
                    common.Read(parsed, serving: false), parsed.GetValue(server),
                    (client, writeKey) => Import(path, list, client, writeKey, cancel), cancel);
            Console.WriteLine(
                $"{sums.Rows:N0} rows: {sums.Taken:N0} {(isDry ? "would be taken" : "taken")}, {sums.Known:N0} known already, "
                    + $"{sums.Rejected:N0} refused"
                + (sums.Rejected > 0 ? $" (listed in {list})" : ""));
            return sums.Rejected == 0 ? 0 : 1;
        });
        return verb;
    }

    private static async Task<ImportSums> Import(string path, string list, HttpClient? server, string? writeKey, CancellationToken cancel)
    {
        using var progress = new VerbProgress();
        await using var refused = new RefusedRows(list, withOriginal: false);
        var import = new RowImport(server, writeKey, refused.Add, at => progress.Show($"{at.Rows:N0} rows, {at.Rejected:N0} refused"));
        return await import.Run(new CustomerFile(path).Rows(), MachineClock.Instance, cancel);
    }
}

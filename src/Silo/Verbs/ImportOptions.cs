using System.CommandLine;
using LStep.Silo.Imports;

namespace LStep.Silo.Verbs;

/// <summary>What is to be known of a log beside the file.</summary>
internal sealed class ImportOptions
{
    private readonly Option<string?> table = new("--table")
    {
        Description = "Another table than the product's: what events become (a CSV as --print-table shows it)", HelpName = "FILE",
    };

    private readonly Option<string> prefix = new("--prefix")
    {
        Description = "Put before the ids of people, so that those of two platforms stay apart", HelpName = "TEXT",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<string?> except = new("--except")
    {
        Description = "Ids of people who are no learners, such as teachers, apart by commas", HelpName = "IDS",
    };

    private readonly Option<string?> zone = new("--zone")
    {
        Description = "Time zone of times that are written without one, as in Moodle's report: an IANA name (UTC)", HelpName = "ZONE",
        CustomParser = result => OptionTexts.ZoneIn(result.Tokens[0].Value, "--zone", result),
    };

    private readonly Option<string?> dates = new("--dates")
    {
        Description = "What dates of numbers begin with, where the file alone does not tell", HelpName = "day|month|year",
    };

    public void AddTo(Command verb)
    {
        dates.AcceptOnlyFromAmong("day", "month", "year");
        verb.Add(table);
        verb.Add(prefix);
        verb.Add(except);
        verb.Add(zone);
        verb.Add(dates);
    }

    public LogOptions Read(ParseResult parsed) => new(
        parsed.GetValue(table), parsed.GetValue(prefix) ?? "",
        (parsed.GetValue(except) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(),
        parsed.GetValue(zone) is { } name ? TimeZoneInfo.FindSystemTimeZoneById(name) : null,
        parsed.GetValue(dates) switch { "day" => DateOrder.Day, "month" => DateOrder.Month, "year" => DateOrder.Year, _ => null });
}

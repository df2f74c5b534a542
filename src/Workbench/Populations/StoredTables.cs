using LStep.Workbench.Bench;
using Npgsql;

namespace LStep.Workbench.Populations;

/// <summary>What the tables weigh and each of their indexes, and what a year adds to those that only grow.</summary>
internal sealed class StoredTables(NpgsqlDataSource source, Report report, int customers)
{
    private const int MixDays = 28, YearDays = 365;

    private sealed record Table(string Name, long Rows, long Bytes, long IndexBytes)
    {
        public double EachRow => Rows == 0 ? 0 : (double)(Bytes + IndexBytes) / Rows;
    }

    public async Task Measure(int learners, DateTimeOffset present, CancellationToken cancel)
    {
        var tables = await Statements.Rows(
            source, "sown_tables", row => new Table(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), cancel);
        foreach (var table in tables) await Tell(table, cancel);
        report.Add("all tables and indexes (GB)", tables.Sum(table => table.Bytes + table.IndexBytes) / 1e9, "0.00");
        var mix = (await Statements.Rows(
            source, "sown_mix", row => (Log: row.GetDouble(0), Ledger: row.GetDouble(1), Decisions: row.GetDouble(2)), cancel, present,
            Sowing.Id(learners), MixDays))[0];
        Year(tables, "activities", "log", mix.Log / learners);
        Year(tables, "customer_status_assignments", "ledger", mix.Ledger / learners);
        Year(tables, "decisions", "decision records", mix.Decisions / learners);
    }

    private async Task Tell(Table table, CancellationToken cancel)
    {
        report.Add($"{table.Name}: rows; MB of rows, of indexes; bytes a row, with indexes",
            $"{table.Rows:N0}; {table.Bytes / 1e6:N0}, {table.IndexBytes / 1e6:N0}; {table.EachRow:N0}");
        var indexes = await Statements.Rows(
            source, "sown_indexes", row => (Name: row.GetString(0), Bytes: row.GetInt64(1)), cancel, table.Name);
        foreach (var (name, bytes) in indexes)
            report.Add($"  {name}: MB; bytes a row", $"{bytes / 1e6:N1}; {(table.Rows == 0 ? 0 : (double)bytes / table.Rows):N1}");
    }

    /// <param name="each">Rows of a customer within the days of the mix.</param>
    private void Year(List<Table> tables, string name, string what, double each)
    {
        if (tables.Find(table => table.Name == name) is not { } table) return;
        var perYear = each / MixDays * YearDays;
        report.Add($"a year of the {what}, computed: rows a customer; GB for {customers:N0} customers",
            $"{perYear:N1}; {perYear * table.EachRow * customers / 1e9:N1}");
    }
}

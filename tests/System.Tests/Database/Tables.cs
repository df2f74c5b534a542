using LStep.Grains.Database;

namespace LStep.System.Tests.Database;


/// <summary>
/// What a build relies on in the tables it was made for, as sentences. The version before survives a migration when
/// everything it found is still there, and nothing is asked of its rows that was not asked before.
/// </summary>
public sealed record Tables(IReadOnlySet<string> Names, IReadOnlySet<string> Given, IReadOnlySet<string> Asked)
{
    private const string Columns = """
        SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.atthasdef OR a.attidentity <> '' OR NOT a.attnotnull
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
        """;

    private const string Functions =
        "SELECT format('function %s(%s) returns %s', proname, pg_get_function_arguments(oid), pg_get_function_result(oid)) FROM pg_proc "
            + "WHERE pronamespace = 'public'::regnamespace";

    // A unique index asks the same as a constraint; an index that is not unique asks nothing.
    private const string Conditions = """
        SELECT c.relname::text, pg_get_constraintdef(k.oid) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        WHERE k.connamespace = 'public'::regnamespace AND NOT c.relispartition
        UNION
        SELECT c.relname::text, regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING ', 'unique ') FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace AND NOT c.relispartition
        """;

    public static async Task<Tables> Read(PostgresDatabase database)
    {
        var (names, given, asked) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        await foreach (var row in Rows(database, Columns))
        {
            var (table, column) = ((string)row[0], $"{row[0]}.{row[1]}");
            names.Add(table);
            given.Add($"{column} is {row[2]}");
            if ((bool)row[3]) given.Add($"{column} is never null");
            if ((bool)row[4]) given.Add($"{column} may be left out");
            else asked.Add($"{column} may not be left out");
        }
        await foreach (var row in Rows(database, Functions)) given.Add((string)row[0]);
        await foreach (var row in Rows(database, Conditions)) asked.Add($"{row[0]}. {row[1]}");
        return new Tables(names, given, asked);
    }

    /// <summary>What a build made for these tables would trip over in others.</summary>
    public IEnumerable<string> BrokenBy(Tables later) =>
        Given.Except(later.Given).Select(fact => $"no longer: {fact}")
            .Concat(later.Asked.Except(Asked).Where(condition => Names.Contains(condition.Split('.')[0])).Select(
                condition => $"newly asked: {condition}"));

    private static async IAsyncEnumerable<object[]> Rows(PostgresDatabase database, string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            yield return row;
        }
    }
}

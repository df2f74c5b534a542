using Npgsql;

namespace LStep.Grains.Time.Figures;

/// <summary>How far the figures are.</summary>
/// <param name="Through">The transaction id up to which the log has been followed.</param>
/// <param name="Ledger">The ledger row up to which it has been followed.</param>
/// <param name="Day">The last business day at whose change everybody was looked at; null before the first time.</param>
/// <param name="PassDay">The day of the pass under way.</param>
/// <param name="Cursor">The last customer of it.</param>
/// <param name="Server">Whose transaction ids those are.</param>
internal sealed record FiguresProgress(ulong Through, long Ledger, DateOnly? Day, DateOnly? PassDay, string Cursor, string Server)
{
    public static FiguresProgress Read(NpgsqlDataReader row) => new(
        row.GetFieldValue<ulong>(0), row.GetInt64(1), DayOrNull(row, 2), DayOrNull(row, 3), row.GetString(4), row.GetString(5));

    /// <summary>The day that the pass under way is of, or that a next one would be of; null when it is over.</summary>
    public DateOnly? PassOf(DateOnly today) => Day is null || Day < today ? today : null;

    private static DateOnly? DayOrNull(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);
}

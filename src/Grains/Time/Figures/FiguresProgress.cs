using Npgsql;

namespace LStep.Grains.Time.Figures;

/// <summary>How far the figures are.</summary>
/// <param name="Through">The transaction id up to which the log has been followed.</param>
/// <param name="Ledger">The ledger row up to which it has been followed.</param>
/// <param name="Day">The last business day at whose change everybody was looked at; null until all has been made of everybody.</param>
/// <param name="PassDay">The day of the pass under way.</param>
/// <param name="Cursor">The last customer of it.</param>
/// <param name="Server">Whose transaction ids those are.</param>
/// <param name="Model">What the pass under way predicts with, or the last one did; null for none.</param>
/// <param name="ModelDay">The last business day whose pass with it is over.</param>
/// <param name="ModelThrough">As Through, of versions that predict; another one means that one which does not was at it since.</param>
/// <param name="ScoresThrough">The same of versions that keep scores apart from the figures.</param>
/// <param name="ActivityThrough">The same of versions that keep the last activity apart from them, too.</param>
internal sealed record FiguresProgress(
    ulong Through, long Ledger, DateOnly? Day, DateOnly? PassDay, string Cursor, string Server, int? Model, DateOnly? ModelDay,
    ulong? ModelThrough, ulong? ScoresThrough, ulong? ActivityThrough)
{
    public static FiguresProgress Read(NpgsqlDataReader row) => new(
        row.GetFieldValue<ulong>(0), row.GetInt64(1), DayOrNull(row, 2), DayOrNull(row, 3), row.GetString(4), row.GetString(5),
        row.IsDBNull(6) ? null : row.GetInt32(6), DayOrNull(row, 7), IdOrNull(row, 8), IdOrNull(row, 9), IdOrNull(row, 10));

    /// <summary>What is stored so far has been made by versions that predict and keep apart what changes often.</summary>
    public bool IsWhole => ModelThrough == Through && ScoresThrough == Through && ActivityThrough == Through;

    /// <summary>Whether the pass of a day is under way or due.</summary>
    public bool NeedsPass(DateOnly today, int? model) =>
        !IsWhole || Day is null || Day < today || ModelDay != Day || Model != model;

    /// <summary>
    /// Where the pass of a day goes on, or that it begins: once more with another model, and as the first one ever after a version
    /// that leaves something out.
    /// </summary>
    public FiguresProgress Passing(DateOnly today, int? model)
    {
        if (!IsWhole) return this with { Day = null, Cursor = "", Model = model };
        return PassDay == today && Model == model ? this : this with { Cursor = "", Model = model };
    }

    /// <summary>The last day that somebody has begun; null before the first one.</summary>
    public DateOnly? Begun => PassDay ?? Day;

    private static ulong? IdOrNull(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<ulong>(column);

    private static DateOnly? DayOrNull(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);
}

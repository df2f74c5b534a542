using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using Npgsql;

namespace LStep.Grains.Time.Figures;

/// <summary>What is made of some customers, of those whose rows can be read.</summary>
internal sealed class MadeFigures
{
    private readonly ArrayStatement[] statements;

    private delegate void Adding(CustomerFigures figures, CustomerState state);

    private MadeFigures(
        IEnumerable<StoredCustomer> customers, Rulebook book, DateTimeOffset now, ArrayStatement[] statements, Adding add)
    {
        this.statements = statements;
        foreach (var customer in customers)
            if (customer.IsReadable)
                add(CustomerFigures.Of(customer.State, book.Calendar, now, book.Model), customer.State);
    }

    public bool IsEmpty => statements[0].Rows == 0;

    /// <summary>Everything.</summary>
    /// <param name="isWritten">Whose profile was written.</param>
    public static MadeFigures Whole(
        IEnumerable<StoredCustomer> customers, Func<string, bool> isWritten, Rulebook book, DateTimeOffset now) =>
        Whole(customers, isWritten, book, now, new FigureUpserts(), new ForesightUpserts(), new SearchUpserts());

    /// <summary>Everything, to be compared with what is stored.</summary>
    public static MadeFigures Compared(IEnumerable<StoredCustomer> customers, Rulebook book, DateTimeOffset now) =>
        Whole(
            customers, _ => true, book, now, new FigureUpserts(FigureUpserts.Differ), new ForesightUpserts(ForesightUpserts.Differ),
            new SearchUpserts(SearchUpserts.Differ));

    /// <summary>What another day or another model changes.</summary>
    public static MadeFigures OfDay(IEnumerable<StoredCustomer> customers, Rulebook book, DateTimeOffset now)
    {
        var (day, foresight) = (new DayUpdates(), new ForesightUpserts(ForesightUpserts.Update));
        return new MadeFigures(customers, book, now, [day, foresight], (figures, _) =>
        {
            day.Add(figures);
            foresight.Add(figures);
        });
    }

    public NpgsqlBatch Batch(NpgsqlConnection connection)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements) batch.BatchCommands.Add(statement.Command());
        return batch;
    }

    public async Task Store(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (IsEmpty) return;
        await using var batch = Batch(connection);
        await batch.ExecuteNonQueryAsync(cancel);
    }

    private static MadeFigures Whole(
        IEnumerable<StoredCustomer> customers, Func<string, bool> isWritten, Rulebook book, DateTimeOffset now,
        FigureUpserts upserts, ForesightUpserts foresight, SearchUpserts searched) =>
        new(customers, book, now, [upserts, foresight, searched], (figures, state) =>
        {
            upserts.Add(figures, state.Profile.Name);
            foresight.Add(figures);
            searched.Add(state, isWritten(state.CustomerId));
        });
}

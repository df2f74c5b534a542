using System.Runtime.CompilerServices;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Customers;

/// <summary>The activities of one turn of a customer, in the order in which it took them. At is the instant of the turn.</summary>
public sealed record LogTurn(string CustomerId, long Version, DateTimeOffset At, IReadOnlyList<Activity> Activities)
{
    /// <summary>
    /// The logs of some customers as they were at an instant, each in the order of receipt. Of the properties only what identify sent comes
    /// with them.
    /// </summary>
    internal static async IAsyncEnumerable<LogTurn> Until(
        NpgsqlConnection connection, IReadOnlyCollection<string> customerIds, DateTimeOffset at,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = connection.Named("log_until", Db.Texts(customerIds), at);
        await foreach (var turn in Read(command, cancel)) yield return turn;
    }

    /// <summary>What a query for whole entries finds, in the order of the log; one turn in memory at a time: a log may be long.</summary>
    internal static async IAsyncEnumerable<LogTurn> Read(NpgsqlCommand command, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var turn = new List<LogEntry>();
        while (await reader.ReadAsync(cancel))
        {
            var entry = LogEntry.Read(reader);
            if (turn.Count > 0 && (turn[0].CustomerId, turn[0].Version) != (entry.CustomerId, entry.Version))
            {
                yield return Of(turn);
                turn.Clear();
            }
            turn.Add(entry);
        }
        if (turn.Count > 0) yield return Of(turn);
    }

    private static LogTurn Of(List<LogEntry> entries) =>
        new(entries[0].CustomerId, entries[0].Version, entries[0].RecordedAt, entries.ConvertAll(entry => entry.Activity));
}

using Npgsql;

namespace LStep.System.Tests.Trials;

/// <summary>Nobody can read a table until it is let go.</summary>
internal sealed class UnreadableTable : IAsyncDisposable
{
    private readonly NpgsqlConnection holder;

    private UnreadableTable(NpgsqlConnection holder) => this.holder = holder;

    public static async Task<UnreadableTable> Hold(string connectionString, string table)
    {
        var holder = new NpgsqlConnection(connectionString);
        await holder.OpenAsync();
        await using var hold = new NpgsqlCommand($"BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE", holder);
        await hold.ExecuteNonQueryAsync();
        return new UnreadableTable(holder);
    }

    public async ValueTask DisposeAsync() => await holder.DisposeAsync();
}

using Npgsql;

namespace LStep.Testing;

/// <summary>A table that nobody can write to until it is let go: a commit that needs it waits. Reading goes on.</summary>
public sealed class HeldTable : IAsyncDisposable
{
    private readonly NpgsqlConnection holder;
    private readonly string connectionString;

    private HeldTable(NpgsqlConnection holder, string connectionString) =>
        (this.holder, this.connectionString) = (holder, connectionString);

    public static async Task<HeldTable> Hold(string connectionString, string table)
    {
        var holder = new NpgsqlConnection(connectionString);
        await holder.OpenAsync();
        await using var hold = new NpgsqlCommand($"BEGIN; LOCK TABLE {table} IN EXCLUSIVE MODE", holder);
        await hold.ExecuteNonQueryAsync();
        return new HeldTable(holder, connectionString);
    }

    public Task UntilSomebodyWaits() => Signals.UntilAsync(async () => await Ask("SELECT count(*)") > 0);

    /// <summary>Ends the connections of those who wait: whether they had committed they cannot know.</summary>
    public Task CutOffWhoWaits() => Signals.UntilAsync(async () => await Ask("SELECT count(pg_terminate_backend(pid))") > 0);

    public async Task LetGo()
    {
        await using var release = new NpgsqlCommand("COMMIT", holder);
        await release.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync() => await holder.DisposeAsync();

    private async Task<long> Ask(string what)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"""
            {what} FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'lstep-journal' AND wait_event_type = 'Lock'
            """, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

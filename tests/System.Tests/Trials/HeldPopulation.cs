using Npgsql;

namespace LStep.System.Tests.Trials;

/// <summary>Nobody can read the customers' states until it is let go.</summary>
internal sealed class HeldPopulation : IAsyncDisposable
{
    private readonly NpgsqlConnection holder;

    private HeldPopulation(NpgsqlConnection holder) => this.holder = holder;

    public static async Task<HeldPopulation> Hold(string connectionString)
    {
        var holder = new NpgsqlConnection(connectionString);
        await holder.OpenAsync();
        await using var hold = new NpgsqlCommand("BEGIN; LOCK TABLE customer_states IN ACCESS EXCLUSIVE MODE", holder);
        await hold.ExecuteNonQueryAsync();
        return new HeldPopulation(holder);
    }

    public async ValueTask DisposeAsync() => await holder.DisposeAsync();
}

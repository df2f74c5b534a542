using LStep.Grains.Database;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.People;

/// <summary>
/// When keys were last used, to within a minute. Uses are gathered in memory, at most one a key, and written together: neither a request
/// nor a key that is busy costs a statement. A process that ends loses those of the last seconds.
/// </summary>
public sealed class KeyUses(PostgresDatabase database, ILogger<KeyUses> log) : RepeatedWork(
    TimeSpan.FromSeconds(SecondsBetweenRounds), atOnce: false, "It could not be written when keys were last used", log)
{
    private const int SecondsBetweenRounds = 5;

    /// <summary>Of one round; those of more are written when they are used the next time.</summary>
    private const int KeysMax = 10_000;

    private readonly Lock gate = new();
    private HashSet<string> used = new(StringComparer.Ordinal);

    public void Note(Key key)
    {
        lock (gate)
            if (used.Count < KeysMax) used.Add(key.Id);
    }

    /// <summary>What was noted since the last time.</summary>
    public async Task Write(CancellationToken cancel)
    {
        HashSet<string> taken;
        lock (gate) (taken, used) = (used, new(StringComparer.Ordinal));
        if (taken.Count > 0) await database.Use(connection => connection.Execute("token_used", cancel, Db.Texts(taken)), cancel);
    }

    protected override Task Once(CancellationToken stopping) => Write(stopping);
}

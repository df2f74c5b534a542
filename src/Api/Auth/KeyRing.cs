using System.Collections.Concurrent;
using LStep.Grains.Storage;

namespace LStep.Api.Auth;

/// <summary>
/// Who a secret belongs to, remembered for a few seconds: a revoked key stops working on every node within that time,
/// and a busy one does not ask the database for each request.
/// </summary>
public sealed class KeyRing(Tokens tokens)
{
    public const int RememberedMs = 5_000;
    public const int RememberedKeysMax = 10_000;

    private readonly ConcurrentDictionary<string, (Key Key, long At)> keys = new();
    private readonly ConcurrentDictionary<string, (Session Session, long At)> sessions = new();

    /// <summary>The key of a bearer token or write key; null when it is none, revoked or expired.</summary>
    public async ValueTask<Key?> Find(string secret, CancellationToken cancel)
    {
        var hash = Tokens.Hash(secret);
        var name = Convert.ToHexString(hash);
        if (keys.TryGetValue(name, out var known) && IsFresh(known.At)) return known.Key;

        var key = await tokens.Find(hash, cancel);
        // Only what exists is remembered: a flood of invented secrets takes no memory.
        Remember(keys, name, key);
        return key;
    }

    public async ValueTask<Session?> FindSession(string secret, CancellationToken cancel)
    {
        var hash = Tokens.Hash(secret);
        var name = Convert.ToHexString(hash);
        if (sessions.TryGetValue(name, out var known) && IsFresh(known.At)) return known.Session;

        var session = await tokens.FindSession(hash, cancel);
        Remember(sessions, name, session);
        return session;
    }

    /// <summary>Whether what a caller came with some time ago would still be let in.</summary>
    public async ValueTask<bool> IsValid(Caller caller, CancellationToken cancel) => caller.FromBrowser
        ? await FindSession(caller.Secret, cancel) is not null
        : await Find(caller.Secret, cancel) is not null;

    /// <summary>After a change made by this process: it holds here at once.</summary>
    public void Forget()
    {
        keys.Clear();
        sessions.Clear();
    }

    private static bool IsFresh(long at) => Environment.TickCount64 - at < RememberedMs;

    private static void Remember<T>(ConcurrentDictionary<string, (T, long)> known, string name, T? found) where T : class
    {
        if (known.Count >= RememberedKeysMax) known.Clear();
        if (found is null) known.TryRemove(name, out _);
        else known[name] = (found, Environment.TickCount64);
    }
}

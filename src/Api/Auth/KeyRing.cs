using System.Collections.Concurrent;
using LStep.Grains.People;

namespace LStep.Api.Auth;

/// <summary>
/// Who a secret belongs to, remembered for a moment: a revoked key stops working on every node within that time,
/// and a busy one does not ask the database for each request.
/// </summary>
public sealed class KeyRing
{
    /// <summary>With what the hub's guard takes it is less than the 5 s within which a revoked key is worthless everywhere.</summary>
    public const int RememberedMs = 2_000;
    public const int RememberedKeysMax = 10_000;

    private readonly Remembered<Key> keys;
    private readonly Remembered<FoundSession> sessions;
    private readonly BrowserSessions stored;

    public KeyRing(Tokens tokens, BrowserSessions stored)
    {
        this.stored = stored;
        keys = new Remembered<Key>(tokens.Find);
        sessions = new Remembered<FoundSession>(async (hash, isKnown, cancel) =>
            await stored.Find(hash, isKnown, cancel) is { } session ? new FoundSession(session) : null);
    }

    /// <summary>The key of a bearer token or write key; null when it is none, revoked or expired.</summary>
    public ValueTask<Key?> Find(string secret, CancellationToken cancel) => keys.Find(Tokens.Hash(secret), cancel);

    /// <summary>The session of a cookie; null when it is none, or has ended.</summary>
    /// <param name="isUse">A person did something: it puts off the session's idle end.</param>
    public async ValueTask<Session?> FindSession(string secret, bool isUse, CancellationToken cancel)
    {
        var hash = Tokens.Hash(secret);
        var found = await sessions.Find(hash, cancel);
        if (isUse && found is not null && found.TakeMark()) await stored.Mark(hash, cancel);
        return found?.Session;
    }

    /// <summary>Whether what a caller came with some time ago would still be let in.</summary>
    public async ValueTask<bool> IsValid(Caller caller, CancellationToken cancel) => caller.FromBrowser
        ? await FindSession(caller.Secret, isUse: false, cancel) is not null
        : await Find(caller.Secret, cancel) is not null;

    /// <summary>After a change made by this process: it holds here at once.</summary>
    public void Forget()
    {
        keys.Clear();
        sessions.Clear();
    }

    private sealed class FoundSession(Session session)
    {
        private int unmarked = session.Unmarked ? 1 : 0;

        public Session Session => session;

        /// <summary>True once where it is to be marked: of many requests at once one does it.</summary>
        public bool TakeMark() => Interlocked.Exchange(ref unmarked, 0) == 1;
    }

    /// <param name="ask">Also told whether the secret was good a moment ago: such a one does not queue behind invented ones.</param>
    private sealed class Remembered<T>(Func<byte[], bool, CancellationToken, Task<T?>> ask) where T : class
    {
        private readonly ConcurrentDictionary<string, (T Found, long At)> known = new();
        private readonly ConcurrentDictionary<string, Lazy<Task<T?>>> asking = new();

        public async ValueTask<T?> Find(byte[] hash, CancellationToken cancel)
        {
            var name = Convert.ToHexString(hash);
            var asked = Environment.TickCount64; // what is revoked while the answer is on its way must not be remembered longer
            var isKnown = known.TryGetValue(name, out var one);
            if (isKnown && asked - one.At < RememberedMs) return one.Found;
            // Requests that bring one secret at once are one question.
            var answer = asking.GetOrAdd(name, _ => new Lazy<Task<T?>>(() => Ask(name, hash, isKnown, asked)));
            return await answer.Value.WaitAsync(cancel);
        }

        private async Task<T?> Ask(string name, byte[] hash, bool isKnown, long asked)
        {
            try
            {
                var found = await ask(hash, isKnown, CancellationToken.None);
                if (known.Count >= RememberedKeysMax) known.Clear();
                // Only what exists is remembered: a flood of invented secrets takes no memory.
                if (found is null) known.TryRemove(name, out _);
                else known[name] = (found, asked);
                return found;
            }
            finally
            {
                asking.TryRemove(name, out _);
            }
        }

        public void Clear()
        {
            known.Clear();
            asking.Clear();
        }
    }
}

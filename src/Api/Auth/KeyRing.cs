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

    private readonly Remembered<Key> keys = new();
    private readonly Remembered<FoundSession> sessions = new();
    private readonly Remembered<ProvidedPerson> people = new();
    private readonly Tokens tokens;
    private readonly BrowserSessions stored;
    private readonly ProvidedPeople provided;
    private readonly KeyUses uses;

    public KeyRing(Tokens tokens, BrowserSessions stored, ProvidedPeople provided, KeyUses uses) =>
        (this.tokens, this.stored, this.provided, this.uses) = (tokens, stored, provided, uses);

    /// <summary>The key of a bearer token or write key; null when it is none, revoked or expired.</summary>
    public ValueTask<Key?> Find(string secret, CancellationToken cancel)
    {
        var hash = Tokens.Hash(secret);
        return keys.Find(hash, async isKnown =>
        {
            var key = await tokens.Find(hash, isKnown, CancellationToken.None);
            if (key is not null) uses.Note(key);
            return key;
        }, cancel);
    }

    /// <summary>The session of a cookie; null when it is none, or has ended.</summary>
    /// <param name="isUse">A person did something: it puts off the session's idle end.</param>
    public async ValueTask<Session?> FindSession(string secret, bool isUse, CancellationToken cancel)
    {
        var hash = Tokens.Hash(secret);
        var found = await sessions.Find(
            hash, async isKnown =>
                await stored.Find(hash, isKnown, CancellationToken.None) is { } session ? new FoundSession(session) : null,
            cancel);
        if (isUse && found is not null && found.TakeMark())
        {
            uses.Note(found.Session.Key);
            await stored.Mark(hash, cancel);
        }
        return found?.Session;
    }

    /// <summary>Somebody whose token of the provider was found good, as that token has them.</summary>
    public async ValueTask<ProvidedPerson?> FindPerson(Provided who, CancellationToken cancel)
    {
        var person = await people.Find(who.Subject, async isKnown =>
        {
            var person = await provided.Find(who, isKnown, CancellationToken.None);
            uses.Note(person.Key);
            return (ProvidedPerson?)person;
        }, cancel);
        // Two tokens of one person may give them two roles.
        return person is null ? null : person with { Key = person.Key with { Role = who.Role, Name = who.Name } };
    }

    /// <summary>Whether what a caller came with some time ago would still be let in.</summary>
    public async ValueTask<bool> IsValid(Caller caller, CancellationToken cancel) =>
        caller.Provided is { } who ? !caller.IsOver && await FindPerson(who, cancel) is { IsRevoked: false }
        : caller.FromBrowser ? await FindSession(caller.Secret, isUse: false, cancel) is not null
        : await Find(caller.Secret, cancel) is not null;

    /// <summary>After a change made by this process: it holds here at once.</summary>
    public void Forget()
    {
        keys.Clear();
        sessions.Clear();
        people.Clear();
    }

    private sealed class FoundSession(Session session)
    {
        private int unmarked = session.Unmarked ? 1 : 0;

        public Session Session => session;

        /// <summary>True once where it is to be marked: of many requests at once one does it.</summary>
        public bool TakeMark() => Interlocked.Exchange(ref unmarked, 0) == 1;
    }

    private sealed class Remembered<T> where T : class
    {
        private readonly ConcurrentDictionary<string, (T Found, long At)> known = new();
        private readonly ConcurrentDictionary<string, Lazy<Task<T?>>> asking = new();

        /// <param name="ask">Told whether the secret was good a moment ago: such a one does not queue behind invented ones.</param>
        public async ValueTask<T?> Find(byte[] hash, Func<bool, Task<T?>> ask, CancellationToken cancel)
        {
            var name = Convert.ToHexString(hash);
            var asked = Environment.TickCount64; // what is revoked while the answer is on its way must not be remembered longer
            var isKnown = known.TryGetValue(name, out var one);
            if (isKnown && asked - one.At < RememberedMs) return one.Found;
            // Requests that bring one secret at once are one question.
            var answer = asking.GetOrAdd(name, _ => new Lazy<Task<T?>>(() => Ask(name, ask, isKnown, asked)));
            return await answer.Value.WaitAsync(cancel);
        }

        private async Task<T?> Ask(string name, Func<bool, Task<T?>> ask, bool isKnown, long asked)
        {
            try
            {
                var found = await ask(isKnown);
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

using System.Collections.Immutable;
using LStep.Domain;
using LStep.Grains.Database;
using LStep.Grains.People;
using LStep.Grains.Rules;

namespace LStep.Grains.Time;

/// <summary>How long other processes may still decide by what was before; none do where this one is alone by definition.</summary>
public sealed record Spread(TimeSpan Within);

/// <summary>What publishing came to; a closed set.</summary>
public abstract record Published
{
    private Published() { }

    public sealed record Version(RuleSet Rules, string BatchId) : Published;

    /// <summary>Somebody else has published since the base.</summary>
    public sealed record Conflict(RuleSetHead Newest) : Published;
}

/// <summary>
/// Changes of what everybody is decided by. Each is one commit: the change, its line in the audit log, and the batch that looks at
/// everybody again once every process decides by it, so that stored checks and held moves follow.
/// </summary>
public sealed class Publication(
    PostgresDatabase database, RulebookSource rulebook, RequestedRuns runs, TimeProvider clock, Ids ids, Spread spread)
{
    public const string RulesScope = "rules", FlagsScope = "flags";

    private const long LockKey = 5020260022;

    /// <summary>Who looks a moment too early finds nothing due.</summary>
    private static readonly TimeSpan WakeAfter = TimeSpan.FromMilliseconds(50);

    private static readonly string[] Scopes = [RulesScope, FlagsScope];

    /// <summary>The rules as the next version, if the newest one is still that which they were made from.</summary>
    /// <param name="rules">Checked; with ids.</param>
    public async Task<Published> Publish(
        Person by, ImmutableArray<Rule> rules, string comment, int madeFrom, CancellationToken cancel)
    {
        var outcome = await database.Alone<Published>(LockKey, async together =>
        {
            var sets = new RuleSets(together);
            var newest = await sets.Head(cancel);
            if (newest.Version != madeFrom) return new Published.Conflict(newest);
            var now = clock.Now();
            var set = new RuleSet(newest.Version + 1, by.Name, now, rules);
            var batch = await OpenBatch(together, RulesScope, now, cancel);
            await sets.Publish(set, comment, batch, cancel);
            await together.Use(connection => connection.Write(
                new AuditEntry(
                    by, "rules.published", $"{set.Version}", new { version = newest.Version },
                    new { version = set.Version, rules = rules.Length, batchId = batch }, comment.Length > 0 ? comment : null),
                cancel), cancel);
            return new Published.Version(set, batch);
        }, cancel);
        if (outcome is Published.Version) await TakeUp();
        return outcome;
    }

    /// <param name="name">One of <see cref="Flags.Known"/>.</param>
    /// <param name="value">JSON that <see cref="Flags.WhyNot"/> has nothing against.</param>
    public async Task<FlagRow> SetFlag(string name, string value, Person by, CancellationToken cancel)
    {
        var flag = await database.Alone(LockKey, async together =>
        {
            var now = clock.Now();
            var (set, isNew) = await new FlagChanges(together).Set(name, value, by, now, cancel);
            if (isNew && Flags.Decides(name)) await OpenBatch(together, FlagsScope, now, cancel);
            return set;
        }, cancel);
        await TakeUp();
        return flag;
    }

    private async Task<string> OpenBatch(PostgresDatabase together, string scope, DateTimeOffset now, CancellationToken cancel)
    {
        var id = ids.Next("eval").Replace('-', '_');
        await new Batches(together).Replace(Scopes, id, scope, now + spread.Within, now, cancel);
        return id;
    }

    /// <summary>It is committed: whatever fails here is made up for within the spread, and the caller is told what is true.</summary>
    private async Task TakeUp()
    {
        try
        {
            await rulebook.Refresh();
        }
        catch (Exception e) when (TransientFailure.Is(e))
        {
            // The next round reads it.
        }
        runs.Wake(clock.Now() + (spread.Within > TimeSpan.Zero ? spread.Within + WakeAfter : TimeSpan.Zero));
    }
}

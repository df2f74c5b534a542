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

/// <summary>What putting a model live came to; a closed set.</summary>
public abstract record PutLive
{
    private PutLive() { }

    /// <param name="Before">Was live until then; the same number where nothing changed.</param>
    public sealed record Live(int Number, int Before, string? BatchId) : PutLive;

    /// <summary>There is no such model.</summary>
    public sealed record Unknown : PutLive;

    /// <summary>Another one than was expected is live.</summary>
    public sealed record Overtaken(int Number) : PutLive;
}

/// <summary>
/// Changes of what everybody is decided by. Each is one commit: the change, its line in the audit log, and the batch that looks at
/// everybody again once every process decides by it, so that stored checks and held moves follow.
/// </summary>
public sealed class Publication(
    PostgresDatabase database, RulebookSource rulebook, RequestedRuns runs, TimeProvider clock, Ids ids, Spread spread)
{
    public const string RulesScope = "rules", FlagsScope = "flags", ModelScope = "model";

    private const long LockKey = 5020260022;

    /// <summary>Who looks a moment too early finds nothing due.</summary>
    private static readonly TimeSpan WakeAfter = TimeSpan.FromMilliseconds(50);

    private static readonly string[] Scopes = [RulesScope, FlagsScope, ModelScope];

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

    /// <summary>Predictions are made with a model from here on. The batch is opened where an active rule asks for one.</summary>
    /// <param name="onlyAfter">Nothing is done unless this one is live; null for whichever.</param>
    public async Task<PutLive> SetModel(int number, int? onlyAfter, Person by, string reason, CancellationToken cancel)
    {
        var outcome = await database.Alone<PutLive>(LockKey, async together =>
        {
            var (now, before) = (clock.Now(), await LiveModels.Number(together, cancel));
            if (onlyAfter is { } expected && expected != before) return new PutLive.Overtaken(before);
            if (before == number) return new PutLive.Live(number, before, null);
            if (!await LiveModels.Put(together, number, now, by, reason, cancel)) return new PutLive.Unknown();
            var rules = (await new RuleSets(together).Newest(cancel)).Rules;
            var asks = rules.Any(rule => rule.Active && rule.Conditions.Names(Metric.ChurnProbability));
            var batch = asks ? await OpenBatch(together, ModelScope, now, cancel) : null;
            await together.Use(connection => connection.Write(
                new AuditEntry(
                    by, "model.live", $"{number}", new { model = before }, new { model = number, batchId = batch },
                    reason.Length > 0 ? reason : null),
                cancel), cancel);
            return new PutLive.Live(number, before, batch);
        }, cancel);
        if (outcome is PutLive.Live) await TakeUp();
        return outcome;
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

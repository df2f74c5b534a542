using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Grains;
using LStep.Grains.Database;
using LStep.Grains.People;
using LStep.Grains.Rules;
using LStep.Grains.Time;
using LStep.Grains.Time.Daily;
using LStep.Silo.Keys;

namespace LStep.Silo;

/// <summary>What a start makes sure of before anything serves: the fixed settings, the first rules, the keys.</summary>
public static class FirstStart
{
    /// <summary>Answers the instant the process begins at, and the calendar it counts days by.</summary>
    public static async Task<(DateTimeOffset Begin, BusinessCalendar Calendar)> Prepare(
        PostgresDatabase database, SiloOptions options, StartKeys keys, TimeProvider wallClock, CancellationToken cancel)
    {
        await new DailyRows(database).AdoptServer(cancel);
        var settings = new Settings(database);
        var begin = options.Clock is { } asked ? await settings.SimulatedNow(asked, cancel) : wallClock.Now();
        var zone = await settings.BusinessZone(options.BusinessZone ?? "UTC", cancel);
        await settings.InstalledAt(begin, cancel);
        await new RuleSets(database).Publish(new RuleSet(1, "system", begin, DefaultRules.Rules), "The contract's fifteen rules.", cancel);

        var tokens = new Tokens(database);
        await Keep(tokens, keys.WriteKey, Role.Ingest, "first write key", cancel);
        await Keep(tokens, keys.AdminToken, Role.Admin, "first admin", cancel);
        return (begin, new BusinessCalendar(zone));
    }

    /// <summary>A key that was given another role before keeps that one: a write key in web pages would open everything.</summary>
    private static async Task Keep(Tokens tokens, string secret, Role role, string name, CancellationToken cancel)
    {
        await tokens.Keep(secret, role, name, cancel: cancel);
        if (await tokens.KnownAs(secret, cancel) is { } known && known != role)
            throw new UnusableKeysException(
                $"The key given as {name} is one of the role {Tokens.NameOf(known)} in this database: give "
                    + $"{(role == Role.Ingest ? "LSTEP_WRITE_KEY" : "LSTEP_ADMIN_TOKEN")} another value.");
    }
}

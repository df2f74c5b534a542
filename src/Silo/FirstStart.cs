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
    /// <summary>Answers the instant the process begins at, the calendar it counts days by, and what cursors are signed with.</summary>
    public static async Task<(DateTimeOffset Begin, BusinessCalendar Calendar, byte[] CursorKey)> Prepare(
        PostgresDatabase database, SiloOptions options, StartKeys keys, TimeProvider wallClock, CancellationToken cancel)
    {
        await new DailyRows(database).AdoptServer(cancel);
        var settings = new Settings(database);
        var begin = options.Clock is { } asked ? await settings.SimulatedNow(asked, cancel) : wallClock.Now();
        var zone = await settings.BusinessZone(options.BusinessZone ?? "UTC", cancel);
        await settings.InstalledAt(begin, cancel);
        await new RuleSets(database).Publish(new RuleSet(1, "system", begin, DefaultRules.Rules), "The contract's fifteen rules.", cancel);

        var tokens = new Tokens(database);
        await tokens.Keep(keys.WriteKey, Role.Ingest, "first write key", cancel: cancel);
        await tokens.Keep(keys.AdminToken, Role.Admin, "first admin", cancel: cancel);
        return (begin, new BusinessCalendar(zone), await settings.CursorKey(cancel));
    }
}

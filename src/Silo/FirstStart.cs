using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Domain.Deciding;
using LStep.Grains;
using LStep.Grains.Campaigns.Sets;
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
    private const long LockKey = 5020260021;

    /// <summary>
    /// Answers the instant the process begins at, the calendar it counts days by, what cursors are signed with, and what amounts are in.
    /// All of it is fixed, or nothing.
    /// </summary>
    /// <exception cref="InvalidDataException">There is no such time zone.</exception>
    public static async Task<(DateTimeOffset Begin, BusinessCalendar Calendar, byte[] CursorKey, string? Currency)> Prepare(
        PostgresDatabase database, SiloOptions options, StartKeys keys, TimeProvider wallClock, CancellationToken cancel)
    {
        Check(options);
        await new DailyRows(database).AdoptServer(cancel);
        var (begin, calendar, cursorKey) = (default(DateTimeOffset), default(BusinessCalendar)!, Array.Empty<byte>());
        string? currency = null;
        await database.Together(LockKey, async together =>
        {
            var settings = new Settings(together);
            begin = options.Clock is { } asked ? await settings.SimulatedNow(asked, cancel) : wallClock.Now();
            calendar = new BusinessCalendar(await settings.BusinessZone(options.BusinessZone ?? "UTC", cancel));
            await settings.InstalledAt(begin, cancel);
            cursorKey = await settings.CursorKey(cancel);
            currency = await settings.Currency(options.Currency, cancel);
            await new RuleSets(together).Publish(
                new RuleSet(1, "system", begin, DefaultRules.Rules), "The fifteen standard rules.", batchId: null, cancel);
            await new CampaignSets(together).Publish(DefaultCampaigns.Version1(begin), "The twenty-four standard campaigns.", cancel);
            var tokens = new Tokens(together);
            await Keep(tokens, keys.WriteKey, Role.Ingest, "first write key", cancel);
            await Keep(tokens, keys.AdminToken, Role.Admin, "first admin", cancel);
        }, cancel);
        return (begin, calendar, cursorKey, currency);
    }

    /// <summary>What can be wrong about a start without a look at the database, before anything is written.</summary>
    /// <exception cref="InvalidDataException">There is no such time zone.</exception>
    public static void Check(SiloOptions options)
    {
        if (options.BusinessZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            throw new InvalidDataException(
                $"There is no time zone '{zone}'. Give an IANA name such as Europe/Berlin (--zone or LSTEP_ZONE).");
        if (options.Currency is { Length: > 0 } currency && !Currencies.IsKnown(currency))
            throw new InvalidDataException($"There is no currency '{currency}'. Give a code of ISO 4217 such as EUR (LSTEP_CURRENCY).");
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

using System.Globalization;
using System.Security.Cryptography;
using LStep.Grains.Database;

namespace LStep.Grains.Time;

/// <summary>Values that outlive the process; most are fixed at the first start, and whoever comes later gets what was fixed.</summary>
public sealed class Settings(PostgresDatabase database)
{
    private const string SimulatedNowName = "simulated_now";
    private const string AtWorkName = "at_work";
    private const string CurrencyName = "currency";
    private const int CursorKeyBytes = 32;

    public async Task<TimeZoneInfo> BusinessZone(string wanted, CancellationToken cancel = default) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(await Fix("business_time_zone", wanted, cancel), out var zone) ? zone
            : throw new InvalidDataException(
                "The business time zone that was fixed at the first start is not known on this machine: install its time zone data.");

    /// <summary>
    /// What amounts are in: as it is wanted now, else as it was set before; null for none. Payments of another one count in no sum.
    /// </summary>
    /// <param name="wanted">Null leaves it as it is; empty takes it away.</param>
    public async Task<string?> Currency(string? wanted, CancellationToken cancel = default)
    {
        if (wanted is not null) await database.Use(c => c.Execute("setting_currency", cancel, wanted), cancel);
        var kept = await database.Use(c => c.Value<string>("setting_read", cancel, CurrencyName), cancel);
        return string.IsNullOrEmpty(kept) ? null : kept;
    }

    /// <summary>No business day before it is made up for.</summary>
    public async Task<DateTimeOffset> InstalledAt(DateTimeOffset now, CancellationToken cancel = default) =>
        Instant(await Fix("installed_at", Text(now), cancel));

    /// <summary>What the cursors of this installation are signed with, on every silo.</summary>
    public async Task<byte[]> CursorKey(CancellationToken cancel = default) => Convert.FromHexString(await Fix(
        "cursor_key", Convert.ToHexString(RandomNumberGenerator.GetBytes(CursorKeyBytes)), cancel));

    /// <summary>Where the simulated clock was left, or where it begins.</summary>
    public async Task<DateTimeOffset> SimulatedNow(DateTimeOffset begin, CancellationToken cancel = default) =>
        Instant(await Fix(SimulatedNowName, Text(begin), cancel));

    public Task RememberSimulatedNow(DateTimeOffset now, CancellationToken cancel = default) => Write(SimulatedNowName, now, cancel);

    public Task RememberAtWork(DateTimeOffset now, CancellationToken cancel = default) => Write(AtWorkName, now, cancel);

    /// <summary>The last moment at which a process is known to have done what was due; the first start when there is none.</summary>
    public async Task<DateTimeOffset> LastAtWork(DateTimeOffset now, CancellationToken cancel = default)
    {
        foreach (var name in new[] { SimulatedNowName, AtWorkName })
            if (await database.Use(c => c.Value<string>("setting_read", cancel, name), cancel) is { } stored)
                return Instant(stored);
        return await InstalledAt(now, cancel);
    }

    private Task<int> Write(string name, DateTimeOffset instant, CancellationToken cancel) =>
        database.Use(c => c.Execute("setting_write", cancel, name, Text(instant)), cancel);

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private async Task<string> Fix(string name, string wanted, CancellationToken cancel) =>
        await database.Use(c => c.Value<string>("setting_fix", cancel, name, wanted), cancel)
            ?? throw new InvalidOperationException($"The setting {name} was neither stored nor found.");
}

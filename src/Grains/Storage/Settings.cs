using System.Globalization;

namespace LStep.Grains.Storage;

/// <summary>Values fixed at the first start: whoever comes later gets what was fixed.</summary>
public sealed class Settings(Database database)
{
    public async Task<TimeZoneInfo> BusinessZone(string wanted, CancellationToken cancel = default) =>
        TimeZoneInfo.FindSystemTimeZoneById(await Fix("business_time_zone", wanted, cancel));

    /// <summary>No business day before it is made up for.</summary>
    public async Task<DateTimeOffset> InstalledAt(DateTimeOffset now, CancellationToken cancel = default) =>
        DateTimeOffset.Parse(
            await Fix("installed_at", now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), cancel), CultureInfo.InvariantCulture);

    private async Task<string> Fix(string name, string wanted, CancellationToken cancel) =>
        await database.Use(c => c.Value<string>("setting_fix", cancel, name, wanted), cancel)
            ?? throw new InvalidOperationException($"The setting {name} was neither stored nor found.");
}

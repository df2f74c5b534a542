using System.Text.Json;
using LStep.Grains.Database;
using LStep.Grains.People;

namespace LStep.Grains.Rules;

/// <summary>Sets flags, with who did it in the same commit.</summary>
public sealed class FlagChanges(PostgresDatabase database)
{
    /// <param name="name">One of <see cref="Flags.Known"/>.</param>
    /// <param name="value">JSON that <see cref="Flags.WhyNot"/> has nothing against.</param>
    public Task<FlagRow> Set(string name, string value, Actor by, CancellationToken cancel) => database.Transaction(
        async connection =>
        {
            var before = await connection.Value<string>("flag_lock", cancel, name) ?? Flags.DefaultOf(name);
            var flag = (await connection.Rows(
                "flag_set", row => new FlagRow(name, row.GetString(0), row.Instant(1), row.GetString(2)), cancel, name, value, by.Name))[0];
            await connection.Write(
                new AuditEntry(by, "flag.changed", name, Before: Valued(before), After: Valued(flag.Value)), cancel);
            return flag;
        }, cancel);

    /// <summary>Whether a rule set version was ever published.</summary>
    public Task<bool> IsPublished(int version, CancellationToken cancel) =>
        database.Use(connection => connection.Value<bool>("rule_set_known", cancel, version), cancel);

    private static object Valued(string json) => new { value = JsonElement.Parse(json) };
}

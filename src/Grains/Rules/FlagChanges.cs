using System.Text.Json;
using LStep.Grains.Database;
using LStep.Grains.People;

namespace LStep.Grains.Rules;

/// <summary>Sets flags, with who did it beside it: to be called on a database of <see cref="PostgresDatabase.Alone"/>.</summary>
public sealed class FlagChanges(PostgresDatabase database)
{
    /// <param name="name">One of <see cref="Flags.Known"/>.</param>
    /// <param name="value">JSON that <see cref="Flags.WhyNot"/> has nothing against.</param>
    /// <param name="at">By the product's clock, which may be simulated; the log's own times are the database's.</param>
    /// <returns>The flag, and whether it was another value before.</returns>
    public Task<(FlagRow Flag, bool IsNew)> Set(
        string name, string value, Person by, DateTimeOffset at, CancellationToken cancel) => database.Use(
        async connection =>
        {
            var before = await connection.Value<string>("flag_lock", cancel, name) ?? Flags.DefaultOf(name);
            var flag = (await connection.Rows(
                "flag_set", row => new FlagRow(name, row.GetString(0), row.Instant(1), row.GetString(2)), cancel, name, value, by.Name))[0];
            await connection.Write(
                new AuditEntry(by, "flag.changed", name, Before: Valued(before), After: new { value = JsonElement.Parse(flag.Value), at }),
                cancel);
            return (flag, !JsonElement.DeepEquals(JsonElement.Parse(before), JsonElement.Parse(flag.Value)));
        }, cancel);

    private static object Valued(string json) => new { value = JsonElement.Parse(json) };
}

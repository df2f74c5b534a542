using LStep.Domain;
using LStep.Grains.Database;

namespace LStep.Grains.Rules;

/// <summary>What decided at past instants: rule sets, calibrations and flags as they were.</summary>
public sealed class RuleHistory(PostgresDatabase database, RulebookSource rulebook, TimeProvider clock)
{
    /// <summary>What was in force at an instant; how the flags were is told by the audit log.</summary>
    public async Task<Rulebook> At(DateTimeOffset at, CancellationToken cancel)
    {
        var live = rulebook.Current;
        if (at >= clock.Now()) return live;
        var rules = await database.People.Use(c => c.Rows("rule_set_at", RuleSets.ReadRow, cancel, at), cancel);
        var calibrations = await Calibrations(at, cancel);
        var flags = await database.People.Use(
            c => c.Rows("flag_values", row => (Name: row.GetString(0), Value: row.GetString(1)), cancel), cancel);
        var values = flags.ToDictionary(flag => flag.Name, flag => flag.Value);
        foreach (var (name, value) in await database.People.Use(
            c => c.Rows("flags_changed_since", row => (row.GetString(0), row.GetString(1)), cancel, at), cancel))
            values[name] = value;
        return live with
        {
            Rules = RuleSets.SetOf(rules) ?? live.Rules,
            Policy = Flags.PolicyOf(values),
            Calibration = calibrations is [.., var last] ? last.Calibration : null,
        };
    }

    /// <summary>Null when it was never published.</summary>
    public async Task<RuleSet?> OfVersion(int version, CancellationToken cancel) =>
        RuleSets.SetOf(await database.People.Use(c => c.Rows("rule_set_of_version", RuleSets.ReadRow, cancel, version), cancel));

    /// <summary>Those up to an instant, in the order in which they came into force.</summary>
    public Task<List<(DateTimeOffset From, Calibration Calibration)>> Calibrations(DateTimeOffset until, CancellationToken cancel) =>
        database.People.Use(
            c => c.Rows(
                "calibrations_until", row => (row.Instant(2), Rules.Calibrations.Read(row.GetInt32(0), row.GetString(1))), cancel, until),
            cancel);
}

using LStep.Domain;
using LStep.Grains.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Rules;

/// <summary>
/// The rulebook every decision of this process is made by, at most 5 s behind the tables. It runs on the wall clock
/// also where the product lives on a simulated one: publishing is something people do.
/// </summary>
public sealed class RulebookSource(PostgresDatabase database, RuleSets ruleSets, ILogger<RulebookSource> log)
    : RepeatedWork(
        TimeSpan.FromSeconds(RefreshSeconds), atOnce: false, "The rules and flags could not be read again; those of before stay in force",
        log)
{
    private const int RefreshSeconds = 3;

    /// <summary>After so long every process decides by what was published; until then some still go by what was before.</summary>
    public static readonly TimeSpan SpreadWithin = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim reading = new(1);
    private readonly LiveModels models = new(database, log);
    private volatile Rulebook? current;

    public Rulebook Current => current ?? throw new InvalidOperationException("The rulebook is read before the silo serves.");

    /// <summary>Whether messages go out; decisions do not look at it.</summary>
    public bool CampaignsEnabled { get; private set; } = true;

    /// <summary>Reads it for the first time.</summary>
    public async Task Open(BusinessCalendar calendar, CancellationToken cancel = default) => current = await Read(calendar, cancel);

    /// <summary>What was committed before the call is in force after it.</summary>
    public async Task Refresh(CancellationToken cancel = default)
    {
        // Of two at once the one that began to read before a commit could end last and put the old rules back.
        await reading.WaitAsync(cancel);
        try
        {
            current = await Read(Current.Calendar, cancel);
        }
        finally
        {
            reading.Release();
        }
    }

    public override void Dispose()
    {
        reading.Dispose();
        base.Dispose();
    }

    protected override Task Once(CancellationToken stopping) => Refresh(stopping);

    /// <summary>The same version keeps its object here too; the version in force is no shadow of its own.</summary>
    private async Task<RuleSet?> Shadow(int? version, CancellationToken cancel) =>
        version is null ? null
        : current?.Shadow is { } before && before.Version == version ? before
        : RuleSets.SetOf(await database.Use(c => c.Rows("rule_set_of_version", RuleSets.ReadRow, cancel, version.Value), cancel));

    private async Task<Rulebook> Read(BusinessCalendar calendar, CancellationToken cancel)
    {
        var rules = await ruleSets.Newest(cancel);
        // The same version keeps its object: what was worked out for it stays.
        if (current is { } before && before.Rules.Version == rules.Version) rules = before.Rules;
        var flags = await database.Use(
            c => c.Rows("flag_values", row => (Name: row.GetString(0), Value: row.GetString(1)), cancel), cancel);
        var calibration = await database.Use(
            c => c.Rows("calibration_newest", row => Calibrations.Read(row.GetInt32(0), row.GetString(1)), cancel), cancel);
        var values = flags.ToDictionary(f => f.Name, f => f.Value);
        CampaignsEnabled = Flags.CampaignsOf(values);
        return new Rulebook(
            rules, Flags.PolicyOf(values), calendar, calibration.FirstOrDefault(), await Shadow(Flags.ShadowOf(values), cancel),
            await models.Read(current?.Model, cancel));
    }
}

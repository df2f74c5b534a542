using LStep.Domain.Campaigning;
using LStep.Grains.Database;
using LStep.Grains.Rules;
using MathNet.Numerics.Distributions;

namespace LStep.Grains.Campaigns.Reports;

/// <summary>What campaigns brought about, from their actions, the messages' events, the ledger and the daily figures.</summary>
public sealed class CampaignReports(PostgresDatabase database, RulebookSource rulebook, TimeProvider clock) : IDisposable
{
    /// <summary>Both bounds of a two-sided interval at the level of <see cref="Uplift"/>.</summary>
    private static readonly double Quantile = Normal.InvCDF(0, 1, 1 - (Uplift.Alpha / 2));

    /// <summary>A report of more is made again after some seconds, not at each look.</summary>
    private const long ActionsFreshMax = 50_000;

    private readonly CostlyAnswers<(string, DateOnly, DateOnly, bool), List<ReportRow>> known = new(
        TimeSpan.FromSeconds(30), rows => rows.Sum(row => row.Actions.Sum()) > ActionsFreshMax);

    /// <summary>
    /// One row for each variant that got messages, and one for each whose customers were held out; those of whom no variant is known
    /// have a row without one. Behind: activities of days that are over still wait to be counted, so that conversions may be missing.
    /// </summary>
    /// <param name="from">The first business day on which the campaign started for those who count.</param>
    /// <param name="to">The last one.</param>
    public async Task<(List<ReportRow> Rows, bool IsBehind)> Of(Campaign campaign, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        // Asked first: what is counted meanwhile is in the rows.
        var isBehind = await IsBehind(cancel);
        return (await known.Get((campaign.Name, from, to, isBehind), () => Ask(campaign, from, to, cancel), cancel), isBehind);
    }

    public void Dispose() => known.Dispose();

    /// <returns>Null where too few are in the group.</returns>
    public static Interval? RateOf(ArmCounts group) => Uplift.RateOf(group, Quantile);

    private Task<bool> IsBehind(CancellationToken cancel)
    {
        var calendar = rulebook.Current.Calendar;
        return database.Use(
            connection => connection.Value<bool>("campaign_report_behind", cancel, calendar.StartOf(calendar.DayOf(clock.Now()))), cancel);
    }

    private Task<List<ReportRow>> Ask(Campaign campaign, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var calendar = rulebook.Current.Calendar;
        string[] before = [.. SuppressionReasons.BeforeDraw], above = [.. Outcomes.Above(campaign.On).Select(tag => tag.Code())];
        return database.TransactionInBackground(async connection =>
        {
            await connection.Execute("campaign_report_room", cancel);
            return await connection.Rows(
                "campaign_report", ReportRow.Read, cancel, campaign.Name, calendar.StartOf(from), calendar.StartOf(to.AddDays(1)), before,
                above, NameOf(calendar.Zone), Outcomes.ConvertedWithinDays, Outcomes.RecoveredWithinDays, clock.Now());
        }, cancel);
    }

    /// <summary>As PostgreSQL knows it.</summary>
    private static string NameOf(TimeZoneInfo zone) =>
        !zone.HasIanaId && TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var name) ? name : zone.Id;
}

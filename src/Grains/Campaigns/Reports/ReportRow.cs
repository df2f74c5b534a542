using LStep.Domain.Campaigning;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Campaigns.Reports;

/// <summary>
/// What became of those of one variant who got messages, or who were held out. All but <see cref="Actions"/> counts customers, each once,
/// by its first start of the time that came to the holdout's draw.
/// </summary>
/// <param name="Actions">Of every action of the campaign in the time, by the number of its status.</param>
/// <param name="Events">To whom that happened, by the number of the event; of people, where it can be told.</param>
/// <param name="ConversionKnown">Those whose days for it are over, and of them who converted.</param>
/// <param name="RecoveryKnown">As <paramref name="ConversionKnown"/>.</param>
public sealed record ReportRow(
    string? Variant, bool HeldOut, long[] Actions, long Customers, long Sent, long[] Events, long MachineOpened, long MachineClicked,
    long Converted, long Recovered, ArmCounts ConversionKnown, ArmCounts RecoveryKnown)
{
    private const int Statuses = 8, Kinds = 7;

    public long Of(MessageEvent what) => Events[(int)what];

    internal static ReportRow Read(NpgsqlDataReader row) => new(
        row.TextOrNull(0), row.GetBoolean(1), Numbers(row, 2, Statuses), row.GetInt64(10), row.GetInt64(11), Numbers(row, 12, Kinds),
        row.GetInt64(19), row.GetInt64(20), row.GetInt64(21), row.GetInt64(22), new ArmCounts(row.GetInt64(23), row.GetInt64(24)),
        new ArmCounts(row.GetInt64(25), row.GetInt64(26)));

    private static long[] Numbers(NpgsqlDataReader row, int from, int count) =>
        [.. Enumerable.Range(from, count).Select(column => row.GetInt64(column))];

    /// <summary>Both together: groups of which none has a customer of the other.</summary>
    public static ReportRow Sum(string? variant, bool heldOut, IEnumerable<ReportRow> rows)
    {
        var sum = new ReportRow(variant, heldOut, new long[Statuses], 0, 0, new long[Kinds], 0, 0, 0, 0, default, default);
        foreach (var row in rows)
            sum = sum with
            {
                Actions = Added(sum.Actions, row.Actions), Customers = sum.Customers + row.Customers, Sent = sum.Sent + row.Sent,
                Events = Added(sum.Events, row.Events), MachineOpened = sum.MachineOpened + row.MachineOpened,
                MachineClicked = sum.MachineClicked + row.MachineClicked, Converted = sum.Converted + row.Converted,
                Recovered = sum.Recovered + row.Recovered, ConversionKnown = sum.ConversionKnown + row.ConversionKnown,
                RecoveryKnown = sum.RecoveryKnown + row.RecoveryKnown,
            };
        return sum;
    }

    private static long[] Added(long[] a, long[] b) => [.. a.Zip(b, (one, other) => one + other)];
}

using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Domain.Valuing;
using LStep.Workbench.Demo;
using LStep.Workbench.Replay;

namespace LStep.Workbench.Valuing;

/// <summary>Somebody who pays.</summary>
internal sealed record Payer(Tier? Tier, IReadOnlyList<PaidDay> Paid);

/// <summary>What the demo's learners pay over some years, without all else that they do.</summary>
internal static class InventedPayments
{
    private static readonly DateOnly Start = new(2023, 1, 1);

    public static IReadOnlyList<Payer> Of(int days, int learners, ulong seed)
    {
        var population = new Population(Start, days, learners, seed);
        return [.. population.Learners.Select(learner => Of(learner, days, seed)).Where(payer => payer.Paid.Count > 0)];
    }

    public static int Day(int day) => Start.DayNumber + day;

    private static Payer Of(Learner learner, int days, ulong seed)
    {
        var paid = new List<PaidDay>();
        for (var day = learner.Joins.DayNumber - Start.DayNumber; day < days; day++)
        {
            var at = new DateTimeOffset(Start.AddDays(day).ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero);
            var since = Start.DayNumber + day - learner.Joins.DayNumber;
            foreach (var message in learner.Business(Chance.Of(seed, learner.Number, day), since, at))
                if (Amount(message) is { } amount)
                    paid.Add(new PaidDay(Day(day), amount));
        }
        return new Payer(Tiers.Parse(learner.Tier), paid);
    }

    private static double? Amount(SegmentMessage message)
    {
        using var json = JsonDocument.Parse(message.Json);
        return json.RootElement.TryGetProperty("event", out var name) && name.ValueEquals("Payment Succeeded")
            ? json.RootElement.GetProperty("properties").GetProperty("amount").GetDouble()
            : null;
    }
}

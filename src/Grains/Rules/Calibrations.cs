using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Grains.Database;

namespace LStep.Grains.Rules;

/// <summary>
/// Calibrations by what became of decisions, computed once a business day before its evaluations. One silo computes it; all have it in
/// force before they evaluate.
/// </summary>
public sealed class Calibrations(PostgresDatabase database, RulebookSource rulebook)
{
    /// <summary>Curves as the table keeps them: [{"rule": 3, "steps": [[0.7, 0.61], …]}, …].</summary>
    private sealed record Curve(int Rule, decimal[][] Steps);

    public static Calibration Read(int number, string curves) => new(
        number,
        [.. JsonSerializer.Deserialize<Curve[]>(curves, JsonSerializerOptions.Web)!
            .Select(curve => new CalibrationCurve(curve.Rule, [.. curve.Steps.Select(step => (step[0], step[1]))]))]);

    /// <param name="midnight">The change of day whose evaluations follow.</param>
    public async Task Before(DateTimeOffset midnight, CancellationToken cancel)
    {
        await database.Transaction(async connection =>
        {
            if ((await connection.Rows("calibration_due", row => row.GetInt32(0), cancel, $"{midnight.UtcDateTime:O}")).Count == 0)
                return 0;
            var rules = await connection.Rows("calibration_rules", row => row.GetInt32(0), cancel, CalibrationFit.ByPersonMin);
            if (rules.Count == 0) return 0;
            var outcomes = await connection.Rows(
                "calibration_outcomes",
                row => new Outcome(row.GetInt32(0), row.GetDecimal(1), row.GetBoolean(2), row.GetBoolean(3), row.GetInt32(4)), cancel,
                rules.ToArray(), midnight.ToUniversalTime());
            return await connection.Execute(
                "calibration_store", cancel, midnight.ToUniversalTime(), Write(CalibrationFit.Of(number: 0, outcomes)));
        }, cancel);
        await rulebook.Refresh(cancel);
    }

    private static string Write(Calibration calibration) => JsonSerializer.Serialize(
        calibration.Curves.Select(curve => new Curve(curve.RuleId, [.. curve.Steps.Select(step => new[] { step.From, step.Value })])),
        JsonSerializerOptions.Web);
}

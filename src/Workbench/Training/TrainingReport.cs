using System.Globalization;
using LStep.Domain.Predicting;

namespace LStep.Workbench.Training;

/// <summary>The figures of a card as lines of text.</summary>
public static class TrainingReport
{
    public static void Write(ModelCard card, TextWriter to)
    {
        foreach (var (name, value) in card.Parameters) to.WriteLine($"  {name}: {value}");
        foreach (var target in card.Targets)
        {
            to.WriteLine($"{target.Name} ({target.Population}): {target.Rows:N0} rows of {target.Learners:N0} learners, "
                + $"base rate {Text(target.BaseRate)}");
            to.WriteLine($"  AUC {Text(target.Auc)}  PR-AUC {Text(target.PrAuc)}  accuracy {Text(target.Accuracy)}");
            to.WriteLine($"  always no {target.AlwaysNo.Value:F4}  14-day rule {target.Rule14.Value:F4}  "
                + $"logistic AUC {target.Logistic?.Auc.Value:F4} accuracy {target.Logistic?.Accuracy.Value:F4}");
            foreach (var budget in target.Budgets)
                to.WriteLine($"  highest {budget.Share:P0}: precision {Text(budget.Precision)}, recall {Text(budget.Recall)}");
            to.WriteLine("  calibration " + string.Join("  ", target.Calibration.Select(bin =>
                string.Create(CultureInfo.InvariantCulture, $"{bin.Predicted:F2}→{bin.Observed:F2} ({bin.Rows})"))));
        }
    }

    private static string Text(Figure figure) =>
        string.Create(CultureInfo.InvariantCulture, $"{figure.Value:F4} ({figure.Low:F4}-{figure.High:F4})");
}

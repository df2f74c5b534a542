using System.Globalization;
using LStep.Prediction;

namespace LStep.Workbench.Training;

/// <summary>Predictions as comma-separated values, for whoever counts them again.</summary>
public static class PredictionFiles
{
    public const string Name = "predictions.csv";

    public static void Write(string folder, IEnumerable<(string Target, string Course, int Day, TestPrediction Prediction)> rows)
    {
        Directory.CreateDirectory(folder);
        using var file = new StreamWriter(Path.Combine(folder, Name));
        file.WriteLine("target,presentation,id_student,day,probability,logistic,silent_days,active_last_7");
        foreach (var (target, course, day, one) in rows)
            file.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{target},{course},{one.Row.Learner["oulad-".Length..]},{day},{one.Probability},{one.Logistic},")
                + $"{one.Row.SilentDays},{(one.Row.ActiveLast7 ? 1 : 0)}");
    }
}

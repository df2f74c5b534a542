using LStep.Domain.Measuring;
using LStep.Domain.Predicting;

namespace LStep.Prediction;

/// <summary>What a training is told beside its rows.</summary>
public sealed record TrainingSettings
{
    /// <summary>The day of a row on the clock that the next two count by.</summary>
    public required Func<TrainingRow, int> Clock { get; init; }

    /// <summary>The last day that is trained on when the model is judged.</summary>
    public required int TrainUntil { get; init; }

    /// <summary>The first day that it is judged on; what lies between was the future of the former.</summary>
    public required int TestFrom { get; init; }

    /// <summary>Parts of the learners: each is judged by a model that has seen none of it.</summary>
    public int Folds { get; init; } = 4;

    /// <summary>Ensembles of each kind that are averaged, each from a seed of its own.</summary>
    public int Bags { get; init; } = 4;

    /// <summary>Of the rows of a learner every one so many days apart is judged; 1 for all.</summary>
    public int JudgedEvery { get; init; } = 1;

    /// <summary>Threads of a fit; one beside a service.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Rest after a fit, as a multiple of the time that it took: beside a service, whose processors it shares.</summary>
    public int RestPerFit { get; init; }

    /// <summary>Also judges what is not shipped: later silence and cancellation.</summary>
    public bool Extended { get; init; }

    public string Source { get; init; } = "installation";
    public string Provenance { get; init; } = "this installation's own history";
    public string Licence { get; init; } = "";
    public string Note { get; init; } = "";
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>Rows by their dates: the last fifth of their days is judged, and 14 days before it lie between.</summary>
    /// <returns>Null where the rows span too few days to train on some and judge on later ones.</returns>
    public static TrainingSettings? ByDate(IReadOnlyList<TrainingRow> rows)
    {
        const int LeastDays = 42;
        if (rows.Count == 0) return null;
        var known = rows.Where(row => row.Silent14 is not null).Select(row => row.Day.DayNumber).DefaultIfEmpty(0).ToList();
        var (first, last) = (known.Min(), known.Max());
        if (last - first < LeastDays) return null;
        var testFrom = last - (Math.Max(14, (last - first) / 5) - 1);
        return new TrainingSettings
        {
            Clock = row => row.Day.DayNumber,
            TrainUntil = testFrom - Churn.HorizonDays,
            TestFrom = testFrom,
        };
    }
}

/// <param name="Share">0 to 1.</param>
/// <param name="Step">What is being done, in plain words.</param>
public readonly record struct TrainingProgress(double Share, string Step);

/// <summary>What was said of a row by models that had seen neither its learner nor its time.</summary>
/// <param name="Logistic">By the logistic regression.</param>
public sealed record TestPrediction(TrainingRow Row, double Probability, double Logistic);

/// <param name="Model">Of all rows, with the settings that were judged.</param>
/// <param name="Predictions">Of the judged rows.</param>
public sealed record TrainingResult(ChurnModel Model, ModelCard Card, IReadOnlyList<TestPrediction> Predictions)
{
    /// <summary>The judged part of what is not shipped, by the target's name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TestPrediction>> Others { get; init; } =
        new Dictionary<string, IReadOnlyList<TestPrediction>>(StringComparer.Ordinal);
}

/// <summary>The rows do not allow a training; the message says why, for people.</summary>
public sealed class TooLittleToTrainException(string message) : Exception(message);

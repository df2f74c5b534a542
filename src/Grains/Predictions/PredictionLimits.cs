namespace LStep.Grains.Predictions;

/// <summary>Bounds of training models and of watching them; the unit is in the name.</summary>
public static class PredictionLimits
{
    /// <summary>Chosen by a seed where there are more.</summary>
    public const int CustomersPerTrainingMax = 20_000;

    /// <summary>Of all customers together: about 60 MB. No further customer is read when they are reached.</summary>
    public const int RowsPerTrainingMax = 200_000;

    /// <summary>A customer with a longer log is left out.</summary>
    public const int ActivitiesPerCustomerMax = 100_000;

    /// <summary>Whose logs are read by one statement.</summary>
    public const int CustomersPerReadMax = 50;

    /// <summary>Rest after a read, as a multiple of the time that it took.</summary>
    public const int RestPerRead = 9;

    /// <summary>Rest after a fit, likewise.</summary>
    public const int RestPerFit = 4;

    /// <summary>Logs in memory, before rows are made of them.</summary>
    public const int ActivitiesInMemoryMax = 200_000;

    /// <summary>Fewer say nothing of the next ones.</summary>
    public const int LearnersPerTrainingMin = 500;

    /// <summary>From the first row whose outcome is known to the last.</summary>
    public const int WeeksPerTrainingMin = 8;

    /// <summary>Rows that neither model was trained on: on fewer, two models are not compared.</summary>
    public const int RowsComparedMin = 200;

    /// <summary>An installation trains by itself so long after the last training that was asked for.</summary>
    public const int DaysBetweenTrainings = 7;

    /// <summary>Reports of trainings; older ones are forgotten.</summary>
    public const int TrainingsKeptMax = 200;

    /// <summary>Older models are forgotten, but for the live one.</summary>
    public const int ModelsKeptMax = 50;

    /// <summary>Who of them can be predicted is sampled at the change of a business day.</summary>
    public const int CustomersPerSampleMax = 5_000;

    public const int SampleDaysKept = 90;

    /// <summary>How features are spread is told of the samples of so many days.</summary>
    public const int DriftDays = 7;

    /// <summary>Fewer samples say nothing of how features are spread, or of what became of predictions.</summary>
    public const int SamplesMin = 200;

    public const int DriftSamplesMax = 35_000;

    /// <summary>The newest of 90 days.</summary>
    public const int OutcomeSamplesMax = 100_000;

    /// <summary>From one record of the progress to the next.</summary>
    public const int ProgressEveryMs = 1_000;
}

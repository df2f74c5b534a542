namespace LStep.Prediction;

/// <summary>What a training needs at least.</summary>
public static class TrainingNeeds
{
    public const int RowsMin = 500;
    public const int LearnersMin = 50;

    /// <summary>Of either outcome.</summary>
    public const int OutcomesMin = 50;
}

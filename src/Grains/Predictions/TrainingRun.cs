namespace LStep.Grains.Predictions;

/// <summary>What a training is at; closed.</summary>
public static class TrainingSteps
{
    public const string Waiting = "waiting", Reading = "reading", Training = "training", Comparing = "comparing", Finished = "finished";

    public static readonly string[] All = [Waiting, Reading, Training, Comparing, Finished];
}

/// <summary>What a training came to; closed.</summary>
public static class TrainingResults
{
    /// <summary>Its model went live.</summary>
    public const string Live = "live";

    /// <summary>Its model is kept and not live.</summary>
    public const string Kept = "kept";

    public const string TooLittleHistory = "too_little_history", Failed = "failed", Interrupted = "interrupted";

    public static readonly string[] All = [Live, Kept, TooLittleHistory, Failed, Interrupted];
}

/// <summary>A training of a model: how far it is, or what it came to.</summary>
/// <param name="Share">0 to 1.</param>
/// <param name="Customers">Read so far.</param>
/// <param name="Rows">Made of them so far.</param>
/// <param name="Result">One of <see cref="TrainingResults"/>; null until it is over.</param>
/// <param name="Model">The number of the model it made.</param>
/// <param name="Note">Why it came to that, as a sentence.</param>
public sealed record TrainingRun(
    string Id, string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset? BeganAt, DateTimeOffset? FinishedAt, string Step,
    double Share, int Customers, int Rows, string? Result, int? Model, string? Note);

/// <param name="Share">Of the whole run, 0 to 1.</param>
internal sealed record TrainingProgress(string Step, double Share, int Customers, int Rows);

/// <param name="IsBegun">By this process or another one, which may be gone.</param>
internal sealed record UnfinishedTraining(string Id, string RequestedBy, bool IsBegun);

internal sealed record TrainingEnd(string Result, int? Model, string Note);

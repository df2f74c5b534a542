namespace LStep.Grains;

/// <summary>Runs evaluations that a person asked for.</summary>
public interface IEvaluationRunner
{
    /// <summary>Starts a batch over the whole population and answers its id; the batch goes on by itself.</summary>
    Task<string> Start(CancellationToken cancel);
}

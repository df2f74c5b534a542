using System.Diagnostics;

namespace LStep.Grains.Campaigns.Reports;

/// <summary>
/// Answers that took many rows are given again for some seconds, and one is asked for at a time: whoever looks at a report over and over
/// does not keep the database busy with it. Small ones are always fresh.
/// </summary>
internal sealed class CostlyAnswers<TKey, TAnswer>(TimeSpan keptFor, Func<TAnswer, bool> isCostly) : IDisposable
    where TKey : notnull
{
    private const int AnswersMax = 100;

    private readonly Dictionary<TKey, (TAnswer Answer, long Since)> kept = [];
    private readonly SemaphoreSlim oneAtATime = new(1);

    public async Task<TAnswer> Get(TKey key, Func<Task<TAnswer>> ask, CancellationToken cancel)
    {
        await oneAtATime.WaitAsync(cancel);
        try
        {
            if (kept.TryGetValue(key, out var known) && Stopwatch.GetElapsedTime(known.Since) < keptFor) return known.Answer;
            var answer = await ask();
            if (kept.Count >= AnswersMax) kept.Clear();
            if (isCostly(answer)) kept[key] = (answer, Stopwatch.GetTimestamp());
            else kept.Remove(key);
            return answer;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();
}

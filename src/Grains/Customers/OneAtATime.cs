namespace LStep.Grains.Customers;

/// <summary>Turns that follow each other in the order in which they came; all calls are made on one scheduler, never at once.</summary>
internal sealed class OneAtATime
{
    private Queue<TaskCompletionSource>? waiting;
    private bool isTaken;

    /// <summary>Null when the turn begins at once; otherwise done when it does. Each that began must end.</summary>
    public Task? Begin()
    {
        if (!isTaken)
        {
            isTaken = true;
            return null;
        }
        var mine = new TaskCompletionSource();
        (waiting ??= new()).Enqueue(mine);
        return mine.Task;
    }

    public void End()
    {
        if (waiting is null)
        {
            isTaken = false;
            return;
        }
        var next = waiting.Dequeue();
        if (waiting.Count == 0) waiting = null; // most customers have nobody waiting most of the time
        next.SetResult();
    }
}

namespace LStep.Workbench.Receivers;

/// <summary>Holds answers: whose send comes first after it was set gets no answer to anything until it is opened again.</summary>
public sealed class AnswerGate
{
    private readonly Lock gate = new();
    private TaskCompletionSource<int>? reached;
    private TaskCompletionSource? opened;
    private int? held;

    /// <summary>Ends with the number of the silo that is held.</summary>
    public Task<int> Set()
    {
        lock (gate)
        {
            reached = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            (opened, held) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null);
            return reached.Task;
        }
    }

    public void Open()
    {
        lock (gate)
        {
            opened?.TrySetResult();
            (reached, opened, held) = (null, null, null);
        }
    }

    /// <summary>What has been received waits here for its answer.</summary>
    public Task Pass(int silo)
    {
        lock (gate)
        {
            if (reached is null || opened is null || (held is { } other && other != silo)) return Task.CompletedTask;
            held = silo;
            reached.TrySetResult(silo);
            return opened.Task;
        }
    }
}

using LStep.Api.Customers;

namespace LStep.Workbench.Simulation;

/// <summary>Something a process asked of the storage. It is carried out and answered at moments that chance chooses, or never.</summary>
/// <param name="customer">Whose alone it is; null where it looks at many.</param>
internal abstract class Operation(UnreliableLink link, string what, string? customer)
{
    public UnreliableLink UnreliableLink { get; } = link;

    public string What { get; } = what;

    public string? Customer { get; } = customer;

    /// <summary>The storage has done it; whoever asked does not know yet.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Whoever asked was told, or is not there to be told.</summary>
    public bool IsOver { get; private set; }

    public async Task CarryOut()
    {
        await Work();
        IsDone = true;
    }

    public void Answer()
    {
        IsOver = true;
        Tell();
    }

    /// <summary>Whoever asked is told that it failed, whether or not it was done.</summary>
    /// <param name="forGood">Nothing more comes of it; else it may yet be done.</param>
    public Task Fail(Exception failure, bool forGood)
    {
        IsOver = true;
        Tell(failure);
        return forGood ? Undo() : Task.CompletedTask;
    }

    /// <summary>Nobody is there any more to be told.</summary>
    public Task Abandon()
    {
        IsOver = true;
        return IsDone ? Undo() : Task.CompletedTask;
    }

    protected abstract Task Work();

    protected abstract void Tell();

    protected abstract void Tell(Exception failure);

    protected virtual Task Undo() => Task.CompletedTask;
}

/// <param name="undo">What the storage does by itself when the connection breaks: it ends an open transaction.</param>
internal sealed class Operation<T>(UnreliableLink link, string what, string? customer, Func<Task<T>> work, Func<Task>? undo)
    : Operation(link, what, customer)
{
    private readonly TaskCompletionSource<T> told = new();
    private Task<T>? done;

    public Task<T> Told => told.Task;

    protected override async Task Work()
    {
        done = work();
        await ((Task)done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override void Tell()
    {
        if (done!.IsFaulted) told.SetException(done.Exception.InnerExceptions);
        else told.SetResult(done.Result);
    }

    protected override void Tell(Exception failure) => told.SetException(failure);

    protected override Task Undo() => undo?.Invoke() ?? Task.CompletedTask;
}

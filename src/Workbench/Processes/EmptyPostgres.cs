using LStep.Grains.Database.Postgres;

namespace LStep.Workbench.Processes;

/// <summary>A private PostgreSQL that knows nothing of an earlier run, also after one that was killed and left its server behind.</summary>
public static class EmptyPostgres
{
    public static async Task<PrivatePostgres> Start(string folder, CancellationToken cancel)
    {
        await Clear(folder, cancel);
        Directory.CreateDirectory(folder);
        return await PrivatePostgres.Start(folder, cancel: cancel);
    }

    /// <summary>Stops what still runs in the folder and removes the folder.</summary>
    public static async Task Clear(string folder, CancellationToken cancel)
    {
        if (PrivatePostgres.IsRunningIn(folder)) await (await PrivatePostgres.Start(folder, cancel: cancel)).DisposeAsync();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}

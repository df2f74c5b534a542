using LStep.Grains.Database.Postgres;
using LStep.Silo.Imports;
using LStep.Silo.Keys;

namespace LStep.Silo.Verbs;

/// <summary>Where rows of a file are brought: to the server named, to the one that runs on the data, or to one of our own.</summary>
internal static class ImportTarget
{
    /// <param name="import">Given a client of the server and a write key.</param>
    public static async Task<ImportSums> Bring(
        SiloOptions options, Uri? server, Func<HttpClient, string, Task<ImportSums>> import, CancellationToken cancel)
    {
        if (server is not null) return await To(server, options, import);
        if (await Running(options, cancel) is { } running) return await To(running.Address, running.Options, import);
        await using var silo = await LStepSilo.Start(options with { Port = 0, Quiet = true }, cancel);
        using var client = new HttpClient { BaseAddress = silo.Address };
        return await import(client, silo.Keys.WriteKey);
    }

    private static async Task<(SiloOptions Options, Uri Address)?> Running(SiloOptions options, CancellationToken cancel)
    {
        if (options.Postgres is null && !PrivatePostgres.IsRunningIn(options.DataFolder)
            && !PrivatePostgres.IsRunningIn(Path.Combine(options.DataFolder, "demo"))) return null;
        var standing = StandingData.Find(options);
        await using var opened = await OpenDatabase.At(standing, cancel);
        try
        {
            return (standing, await StandingData.Server(standing, opened.Database, cancel));
        }
        catch (Exception e) when (e is VerbRefusedException or RefusedByDatabaseException or StorageUnavailableException)
        {
            return null; // nobody serves there, or there are no tables yet
        }
    }

    private static async Task<ImportSums> To(Uri address, SiloOptions options, Func<HttpClient, string, Task<ImportSums>> import)
    {
        var key = options.WriteKey ?? new KeyFile(options.DataFolder).Read()?.WriteKey
            ?? throw new VerbRefusedException(
                $"The server at {address} wants a write key: give LSTEP_WRITE_KEY, or --data with its keys.json.");
        Console.WriteLine($"To the server at {address}");
        using var client = new HttpClient { BaseAddress = address };
        return await import(client, key);
    }
}

/// <summary>The rows of a file that were refused, as a CSV; there is none where nothing was.</summary>
internal sealed class RefusedRows : IAsyncDisposable
{
    private readonly string path;
    private readonly bool withOriginal;
    private StreamWriter? list;

    /// <param name="path">One that is there is replaced.</param>
    /// <param name="withOriginal">Whether each row's own text is listed, too.</param>
    public RefusedRows(string path, bool withOriginal)
    {
        (this.path, this.withOriginal) = (path, withOriginal);
        File.Delete(path);
    }

    public void Add(FileRow row, string code, string reason)
    {
        if (list is null)
        {
            list = new StreamWriter(path);
            list.WriteLine("line,code,reason" + (withOriginal ? ",original" : ""));
        }
        list.WriteLine($"{row.Line},{code},{Quoted(reason)}" + (withOriginal ? "," + Quoted(row.Original) : ""));
    }

    public ValueTask DisposeAsync() => list?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

using LStep.Grains.Database;
using LStep.Grains.Database.Postgres;
using LStep.Grains.Operations;

namespace LStep.Silo.Verbs;

/// <summary>The data that a verb works on which serves nobody itself, and the server that runs on it.</summary>
internal static class StandingData
{
    /// <summary>The options with the folder where the data are: the one given, or the demo's in it while only a demo runs.</summary>
    /// <exception cref="VerbRefusedException">There are none.</exception>
    public static SiloOptions Find(SiloOptions options)
    {
        if (options.Postgres is not null || PrivatePostgres.IsRunningIn(options.DataFolder)) return options;
        var demo = Path.Combine(options.DataFolder, "demo");
        if (PrivatePostgres.IsRunningIn(demo)) return options with { DataFolder = demo };
        if (PrivatePostgres.ExistsIn(options.DataFolder)) return options;
        throw new VerbRefusedException(
            $"There are no data in {options.DataFolder}. The first ./lstep run makes them; another folder is named with --data, "
                + "a server's database with --postgres.");
    }

    /// <summary>Where a silo on this database serves.</summary>
    /// <exception cref="VerbRefusedException">None does.</exception>
    public static async Task<Uri> Server(SiloOptions options, PostgresDatabase database, CancellationToken cancel)
    {
        foreach (var node in await new Nodes(database).All(cancel))
            if (!node.IsLost) return new Uri(node.Address);
        throw NoServer(options);
    }

    public static VerbRefusedException NoServer(SiloOptions options) => new(
        $"No server runs on {(options.Postgres is null ? options.DataFolder : "the database given")}. Start one with ./lstep run, "
            + "or name it with its address.");
}

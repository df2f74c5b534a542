using LStep.Grains;
using LStep.Grains.Database.Postgres;

namespace LStep.Silo;

/// <summary>Starts the private PostgreSQL again when somebody or something ended it: nobody else would.</summary>
internal sealed class PostgresKeeper(PrivatePostgres postgres, ILogger<PostgresKeeper> log)
    : RepeatedWork(TimeSpan.FromSeconds(1), atOnce: false, "The private PostgreSQL could not be started again", log)
{
    protected override async Task Once(CancellationToken stopping)
    {
        if (await postgres.StartIfEnded(stopping)) log.LogWarning("The private PostgreSQL had ended and was started again");
    }
}

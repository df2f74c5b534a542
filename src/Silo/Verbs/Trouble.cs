using LStep.Grains.Campaigns.Sets;
using LStep.Grains.Database.Postgres;
using Npgsql;

namespace LStep.Silo.Verbs;

/// <summary>
/// Tells what a sentence explains (a wrong file, a busy port, a database that is away) from a bug, which keeps its stack trace.
/// </summary>
public static class Trouble
{
    public static bool IsOutside(Exception e) =>
        e is PrivatePostgresException or StorageUnavailableException or RefusedByDatabaseException or NpgsqlException
            or HttpRequestException or IOException or InvalidDataException or UnauthorizedAccessException or VerbRefusedException
            or UnreadableCampaignsException;

    /// <summary>What happened, and where the message alone does not say it, what to do.</summary>
    public static string Sentence(Exception e) => e switch
    {
        UnauthorizedAccessException => $"{e.Message} Run it as a user who may, or give another folder with --data.",
        PostgresException refused => $"PostgreSQL refused it: {refused.MessageText} ({refused.SqlState}).",
        StorageUnavailableException or NpgsqlException =>
            $"{e.Message.TrimEnd('.')}. Check --postgres (LSTEP_POSTGRES) and that the database server runs.",
        _ => e.Message,
    };
}

/// <summary>A verb that cannot do what it was asked; the message says why and what to do instead.</summary>
public sealed class VerbRefusedException(string message) : Exception(message);

/// <summary>A verb that was asked in a way that cannot be meant; the message says how to ask.</summary>
public sealed class WrongUsageException(string message) : Exception(message);

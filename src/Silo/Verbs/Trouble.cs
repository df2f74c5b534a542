using LStep.Grains.Database.Postgres;
using Npgsql;

namespace LStep.Silo.Verbs;

/// <summary>
/// Tells what a sentence explains (a wrong file, a busy port, a database that is away) from a bug, which keeps its stack trace.
/// </summary>
public static class Trouble
{
    public static bool IsOutside(Exception e) =>
        e is PrivatePostgresException or StorageUnavailableException or NpgsqlException or HttpRequestException
            or IOException or InvalidDataException or UnauthorizedAccessException or VerbRefusedException;
}

/// <summary>A verb that cannot do what it was asked; the message says why and what to do instead.</summary>
public sealed class VerbRefusedException(string message) : Exception(message);

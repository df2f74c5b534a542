using Npgsql;

namespace LStep.Grains.Database;

/// <summary>What an SQLSTATE, by its class, says about who is to act.</summary>
internal static class SqlStates
{
    /// <summary>
    /// PostgreSQL cannot do now what it could at other times: connections (08), authorisation and the database itself (28, 3D), read-only
    /// and idle transactions (25), contention (40), disk, memory and connections (53), locks (55), operators and timeouts (57), the
    /// machine (58).
    /// </summary>
    public static bool IsUnavailable(string state) =>
        Class(state) is "08" or "25" or "28" or "3D" or "40" or "53" or "55" or "57" or "58" or "F0" or "HV";

    /// <summary>
    /// A table, column or function is gone or may not be touched (3F, 42), or what is stored is damaged (XX): people have to repair it,
    /// and what was sent meanwhile is good.
    /// </summary>
    public static bool IsDamaged(string state) =>
        Class(state) is "3F" or "42" or "XX" && state is not ("42804" or "42846");

    /// <summary>
    /// Everything else lies in what was to be written: its values, keys and sizes, or what a trigger says of them. It would be refused
    /// again.
    /// </summary>
    public static bool IsRefusal(string state) => !IsUnavailable(state) && !IsDamaged(state);

    /// <summary>Others were faster: a deadlock or a conflict of isolated transactions. The same may succeed at once.</summary>
    public static bool IsContended(string state) =>
        state is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    /// <summary>
    /// It lies in the session, which keeps the settings that it began with: one that began while the database was read-only stays so when
    /// the database no longer is.
    /// </summary>
    public static bool IsOfSession(string state) => state is PostgresErrorCodes.ReadOnlySqlTransaction;

    /// <summary>For people, without a name of theirs or ours.</summary>
    public static string Sentence(string state) => state switch
    {
        "25006" => "PostgreSQL takes no writes: it is read-only.",
        "53100" => "PostgreSQL takes no writes: its disk is full.",
        "53200" => "PostgreSQL is out of memory.",
        "53300" => "PostgreSQL has no connection left.",
        "55P03" => "A lock was not to be had in time.",
        "57014" => "PostgreSQL took too long.",
        "57P01" or "57P02" or "57P03" => "PostgreSQL is stopping or starting.",
        ['2', '8', ..] => "PostgreSQL does not let this process in.",
        "3D000" => "The database is gone.",
        _ when IsDamaged(state) => "A table, column or function of the database is missing or damaged.",
        _ => "The database does not answer.",
    };

    private static string Class(string state) => state.Length == 5 ? state[..2] : "";
}

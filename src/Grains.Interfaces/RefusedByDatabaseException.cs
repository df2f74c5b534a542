namespace LStep;

/// <summary>
/// PostgreSQL refuses what was to be written, and would refuse it again: a value too long for its index, a constraint or a trigger of an
/// operator's. Nothing of it was written, and nobody else's was held up.
/// </summary>
[GenerateSerializer, Alias("lstep.refused-by-database")]
public sealed class RefusedByDatabaseException(string message) : Exception(message)
{
    /// <summary>The code of problems, rejections and list entries that come of it.</summary>
    public const string Code = "refused_by_database";

    /// <summary>For the caller: PostgreSQL's own words may quote what is stored.</summary>
    public const string Sentence = "The database refuses to store this. Sent again as it is, it is refused again.";
}

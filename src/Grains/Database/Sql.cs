using System.Collections.Frozen;
using System.Reflection;

namespace LStep.Grains.Database;

/// <summary>
/// The SQL of the product: files under sql/, embedded by their path. C# holds none of it. A query is asked for by the name of its
/// file, which is unique among all folders.
/// </summary>
public static class Sql
{
    private const string QueryPrefix = "sql/queries/";
    private const string MigrationPrefix = "sql/migrations/";
    private static readonly Assembly Here = typeof(Sql).Assembly;
    private static readonly FrozenDictionary<string, string> Queries =
        Under(QueryPrefix).ToFrozenDictionary(path => Path.GetFileNameWithoutExtension(path), Read, StringComparer.Ordinal);

    /// <summary>The text of sql/queries/SUBJECT/NAME.sql.</summary>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public static string Query(string name) => Queries[name];

    public static IEnumerable<string> QueryNames => Queries.Keys;

    internal static IReadOnlyList<string> MigrationPaths { get; } = [.. Under(MigrationPrefix)];

    internal static string Read(string path)
    {
        using var stream = Here.GetManifestResourceStream(path) ?? throw new InvalidOperationException($"{path} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static IEnumerable<string> Under(string prefix) =>
        Here.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}

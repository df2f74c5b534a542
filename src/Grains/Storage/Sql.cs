using System.Collections.Concurrent;
using System.Reflection;

namespace LStep.Grains.Storage;

/// <summary>The SQL of the product: files under sql/, embedded by their path. C# holds none of it.</summary>
public static class Sql
{
    private const string QueryPrefix = "sql/queries/";
    private const string MigrationPrefix = "sql/migrations/";
    private static readonly Assembly Here = typeof(Sql).Assembly;
    private static readonly ConcurrentDictionary<string, string> Queries = new(StringComparer.Ordinal);

    /// <summary>The text of sql/queries/NAME.sql.</summary>
    public static string Query(string name) => Queries.GetOrAdd(name, static n => Read(QueryPrefix + n + ".sql"));

    public static IReadOnlyList<string> QueryNames { get; } =
        [.. Under(QueryPrefix).Select(path => path[QueryPrefix.Length..^".sql".Length])];

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

using System.Collections.Concurrent;

namespace LStep.Grains.Storage;

/// <summary>The statements of sql/queries by file name; C# holds no SQL text.</summary>
public static class Queries
{
    private static readonly ConcurrentDictionary<string, string> Texts = new();

    /// <exception cref="InvalidOperationException">There is no such file.</exception>
    public static string Text(string name) => Texts.GetOrAdd(name, static name =>
    {
        using var stream = typeof(Queries).Assembly.GetManifestResourceStream($"sql/queries/{name}.sql")
            ?? throw new InvalidOperationException($"sql/queries/{name}.sql is not part of this build");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });
}

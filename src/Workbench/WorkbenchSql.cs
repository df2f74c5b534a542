namespace LStep.Workbench;

/// <summary>
/// The SQL that only measurements and fault runs use: files under sql/workbench/, embedded in this assembly by their name.
/// </summary>
public static class WorkbenchSql
{
    /// <summary>The text of sql/workbench/NAME.sql.</summary>
    /// <exception cref="InvalidOperationException">There is no such file.</exception>
    public static string Query(string name)
    {
        using var stream = typeof(WorkbenchSql).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"sql/workbench/{name}.sql is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

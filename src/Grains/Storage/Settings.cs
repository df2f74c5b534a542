namespace LStep.Grains.Storage;

/// <summary>Named values that outlive the process.</summary>
public sealed class Settings(Database database)
{
    public Task<string?> Read(string name, CancellationToken cancel = default) =>
        database.Use(connection => connection.Value<string>("setting_read", cancel, name), cancel);

    public Task Write(string name, string value, CancellationToken cancel = default) =>
        database.Use(connection => connection.Execute("setting_write", cancel, name, value), cancel);

    /// <summary>The value that the first call ever gave it.</summary>
    public async Task<string> Fix(string name, string value, CancellationToken cancel = default) =>
        await database.Use(connection => connection.Value<string>("setting_fix", cancel, name, value), cancel)
            ?? throw new InvalidOperationException($"The setting {name} was neither stored nor found.");
}

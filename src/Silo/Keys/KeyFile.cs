using System.Text.Json;
using System.Text.Json.Serialization;
using LStep.Grains.People;

namespace LStep.Silo.Keys;

/// <summary>The two keys a start needs: who may write events, and who may do everything.</summary>
public sealed record StartKeys(string WriteKey, string AdminToken);

/// <summary>
/// keys.json in the data folder: the keys that the first start made because none were configured. The database knows only
/// their SHA-256, so this file is the one place where they can be read; nobody but its owner can.
/// </summary>
public sealed class KeyFile(string dataFolder)
{
    public string Path { get; } = System.IO.Path.Combine(dataFolder, "keys.json");

    /// <summary>Configured keys win; what is not configured comes from the file, and is made when it is not there either.</summary>
    public StartKeys Resolve(string? writeKey, string? adminToken)
    {
        if (writeKey is not null && adminToken is not null) return new StartKeys(writeKey, adminToken);
        var stored = Read();
        if (stored is null) Write(stored = new StartKeys(Tokens.NewSecret("lsw_"), Tokens.NewSecret("lsa_")));
        return new StartKeys(writeKey ?? stored.WriteKey, adminToken ?? stored.AdminToken);
    }

    public StartKeys? Read()
    {
        if (!File.Exists(Path)) return null;
        var keys = JsonSerializer.Deserialize(File.ReadAllText(Path), KeyFileJson.Default.StartKeys);
        return keys is { WriteKey.Length: > 0, AdminToken.Length: > 0 } ? keys
            : throw new InvalidDataException($"{Path} has no writeKey and adminToken; mend it, or remove it to have new ones made.");
    }

    private void Write(StartKeys keys)
    {
        Directory.CreateDirectory(dataFolder);
        var draft = Path + ".new";
        File.Delete(draft);
        using (var file = new FileStream(draft, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
            JsonSerializer.Serialize(file, keys, KeyFileJson.Default.StartKeys);
        File.Move(draft, Path, overwrite: false);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(StartKeys))]
internal sealed partial class KeyFileJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;
using LStep.Grains.People;

namespace LStep.Silo.Keys;

/// <summary>The two keys a start needs: who may write events, and who may do everything.</summary>
public sealed record StartKeys(string WriteKey, string AdminToken);

/// <summary>Keys that nobody should start with; the message says which and what to do, and holds nothing of them.</summary>
public sealed class UnusableKeysException(string message) : Exception(message);

/// <summary>
/// keys.json in the data folder: the keys that the first start made because none were configured. The database knows only
/// their SHA-256, so this file is the one place where they can be read; nobody but its owner can.
/// </summary>
public sealed class KeyFile(string dataFolder)
{
    public string Path { get; } = System.IO.Path.Combine(dataFolder, "keys.json");

    /// <summary>Configured keys win; what is not configured comes from the file, and is made when it is not there either.</summary>
    /// <exception cref="UnusableKeysException">A key could be guessed, or one key is both.</exception>
    public StartKeys Resolve(string? writeKey, string? adminToken)
    {
        var stored = writeKey is not null && adminToken is not null ? null : Read();
        var others = stored ?? new StartKeys(Tokens.NewSecret("lsw_"), Tokens.NewSecret("lsa_"));
        var keys = new StartKeys(writeKey ?? others.WriteKey, adminToken ?? others.AdminToken);
        Refuse(keys.WriteKey, writeKey is null ? $"writeKey in {Path}" : "LSTEP_WRITE_KEY");
        Refuse(keys.AdminToken, adminToken is null ? $"adminToken in {Path}" : "LSTEP_ADMIN_TOKEN");
        if (keys.WriteKey == keys.AdminToken)
            throw new UnusableKeysException(
                "The write key and the admin token are the same, and write keys are public: give LSTEP_WRITE_KEY another value.");
        if (stored is null && (writeKey is null || adminToken is null)) Write(others);
        return keys;
    }

    public StartKeys? Read()
    {
        if (!File.Exists(Path)) return null;
        try
        {
            if (JsonSerializer.Deserialize(File.ReadAllText(Path), KeyFileJson.Default.StartKeys) is
                { WriteKey.Length: > 0, AdminToken.Length: > 0 } keys) return keys;
        }
        catch (JsonException)
        {
            // Its message could repeat a key.
        }
        throw new InvalidDataException(
            $"{Path} is no JSON object with writeKey and adminToken; correct it, or remove it to have new keys made.");
    }

    private static void Refuse(string key, string name)
    {
        if (key.Length < Tokens.SecretCharsMin)
            throw new UnusableKeysException(
                $"{name} has {key.Length} characters and could be guessed: give it {Tokens.SecretCharsMin} or more, such as the output of "
                    + "`openssl rand -hex 24`.");
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

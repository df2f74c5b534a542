namespace LStep.Grains.Database.Postgres;

/// <summary>Locks between processes that share a data folder. They end with the process, however it ends.</summary>
internal static class FolderLock
{
    public static async Task<FileStream> Exclusive(string path, CancellationToken cancel)
    {
        while (true)
        {
            if (TryExclusive(path) is { } held) return held;
            await Task.Delay(50, cancel);
        }
    }

    public static FileStream? TryExclusive(string path) => Try(path, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Held by everybody who uses what lies in the folder.</summary>
    public static FileStream Shared(string path)
    {
        return Try(path, FileAccess.Read, FileShare.Read) ?? throw new IOException($"{path} is locked by another process.");
    }

    public static void Make(string path)
    {
        using (Try(path, FileAccess.ReadWrite, FileShare.ReadWrite)) { }
        if (File.Exists(path)) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static FileStream? Try(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(path, access == FileAccess.Read ? FileMode.Open : FileMode.OpenOrCreate, access, share);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}

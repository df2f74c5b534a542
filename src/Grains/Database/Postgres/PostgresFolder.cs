using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LStep.Grains.Database.Postgres;

/// <summary>
/// What lies in DATA/postgres: cluster, password, locks, log and socket. All of it is ours alone, and of the account PostgreSQL runs as
/// where we are root; nothing is written through a link that somebody else may have laid.
/// </summary>
internal sealed class PostgresFolder(string dataFolder)
{
    /// <summary>A socket's path has 107 bytes; its name takes up to 16 of them.</summary>
    private const int SocketFolderBytesMax = 91;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnerOnly | UnixFileMode.UserExecute;

    public string Root { get; } = Path.Combine(Path.GetFullPath(dataFolder), "postgres");

    public string Cluster => Path.Combine(Root, "cluster");
    public string Log => Path.Combine(Root, "server.log");
    public string StartLock => Path.Combine(Root, "start.lock");
    public string UsersLock => Path.Combine(Root, "users.lock");
    private string PasswordFile => Path.Combine(Root, "password");
    private string SocketFolder => Path.Combine(Root, "socket");

    public bool Initialised => File.Exists(Path.Combine(Cluster, "PG_VERSION"));

    /// <summary>Where the path of the data folder is too long for a socket, the server is reached on loopback only.</summary>
    private bool HasSocket => Encoding.UTF8.GetByteCount(SocketFolder) <= SocketFolderBytesMax;

    /// <summary>The folder of the socket, or the loopback address.</summary>
    public string Host => HasSocket && Line(4) == SocketFolder ? SocketFolder : "127.0.0.1";

    /// <exception cref="PrivatePostgresException">It belongs to somebody else, or is a link.</exception>
    public async Task Own()
    {
        await Own(Root, account: null);
        FolderLock.Make(StartLock);
        FolderLock.Make(UsersLock);
    }

    /// <summary>Makes what the server needs before it is started.</summary>
    /// <param name="account">Whom it runs as; null for ourselves.</param>
    public async Task Prepare(string? account)
    {
        if (account is not null)
        {
            // The account may pass, and may read nothing.
            await Change("/bin/chown", $":{PostgresBinaries.GroupOf(account)}", Root);
            File.SetUnixFileMode(Root, OwnersFolder | UnixFileMode.GroupExecute);
        }
        await Own(Cluster, account);
        if (HasSocket) await Own(SocketFolder, account);
        if (!File.Exists(Log)) Make(Log, "");
        RefuseLink(Log);
        File.SetUnixFileMode(Log, OwnerOnly);
        if (account is not null) await Change("/bin/chown", "-h", account, Log);
    }

    /// <summary>The superuser's password, made at the first start; only the owner can read it.</summary>
    public string Password()
    {
        RefuseLink(PasswordFile);
        if (!File.Exists(PasswordFile)) Make(PasswordFile, RandomNumberGenerator.GetHexString(48, lowercase: true));
        return File.ReadAllText(PasswordFile).Trim();
    }

    /// <summary>Where initdb, which may run as another account, reads the password once; whoever asked removes it.</summary>
    public async Task<string> PasswordCopy(string? account)
    {
        var copy = Path.Combine(Root, $"initial-{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        Make(copy, Password());
        if (account is not null) await Change("/bin/chown", "-h", account, copy);
        return copy;
    }

    /// <summary>The port a running server wrote down, or null.</summary>
    public int? RunningPort() => int.TryParse(Line(3), CultureInfo.InvariantCulture, out var port) ? port : null;

    /// <summary>The process id a running server wrote down, or null.</summary>
    public int? ServerProcess => int.TryParse(Line(0), CultureInfo.InvariantCulture, out var process) ? process : null;

    /// <summary>The process that a server wrote down is there and is one: a number may belong to another by now.</summary>
    public bool ServerLives()
    {
        if (ServerProcess is not { } process) return false;
        if (!OperatingSystem.IsLinux()) return true;
        try
        {
            // "PID (name) state …": Z is one that ended and that nobody asked after.
            var words = File.ReadAllText($"/proc/{process}/stat").Split(' ');
            return words[1] is "(postgres)" or "(postmaster)" && words[2] is not ("Z" or "X");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public async Task Configure(PrivatePostgresOptions options, bool hasLz4, string? account)
    {
        await Replace(Path.Combine(Cluster, "lstep.conf"), PostgresSettings.Of(options, HasSocket ? SocketFolder : "", hasLz4), account);
        var main = Path.Combine(Cluster, "postgresql.conf");
        var text = await File.ReadAllTextAsync(main);
        if (!text.Contains(PostgresSettings.Include, StringComparison.Ordinal))
            await Replace(main, $"{text}\n{PostgresSettings.Include}\n", account);
    }

    /// <summary>A line of what the server writes down while it runs; null without one.</summary>
    private string? Line(int number)
    {
        try
        {
            return File.ReadLines(Path.Combine(Cluster, "postmaster.pid")).ElementAtOrDefault(number)?.Trim();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static async Task Own(string folder, string? account)
    {
        Directory.CreateDirectory(folder, OwnersFolder);
        RefuseLink(folder);
        if (Environment.UserName == "root")
        {
            var owner = await Change("/usr/bin/stat", "-c", "%U", folder);
            if (owner != "root" && owner != account) throw Foreign(folder);
            // What is root's, nobody else has put anything into.
            if (account is not null && owner == "root") await Change("/bin/chown", "-hR", account, folder);
            if (account is null) return;
        }
        try
        {
            File.SetUnixFileMode(folder, OwnersFolder); // which only its owner may
        }
        catch (UnauthorizedAccessException)
        {
            throw Foreign(folder);
        }
    }

    /// <summary>Never into something that is there: not even a link to nowhere is followed.</summary>
    private static void Make(string path, string text)
    {
        using var file = new FileStream(
            path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>By a file of its own that takes the name: a link that had the name goes, and what it led to stays.</summary>
    private static async Task Replace(string path, string text, string? account)
    {
        var fresh = $"{path}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        Make(fresh, text);
        if (account is not null) await Change("/bin/chown", "-h", account, fresh);
        File.Move(fresh, path, overwrite: true);
    }

    private static void RefuseLink(string path)
    {
        if (new FileInfo(path).LinkTarget is not null) throw Foreign(path);
    }

    private static PrivatePostgresException Foreign(string path) => new(
        $"{path} is a link, or belongs to somebody else, and PostgreSQL's password must not go there. Remove it, or choose another data "
            + "folder (--data).");

    private static async Task<string> Change(params string[] command) =>
        await PostgresBinaries.Execute(command, CancellationToken.None) is (0, var output) ? output
            : throw new PrivatePostgresException($"{string.Join(' ', command)} failed.");
}

using System.Diagnostics;

namespace LStep.Grains.Database.Postgres;

/// <summary>The folder of PostgreSQL's programs on this machine, and how to run one of them as somebody who is not root.</summary>
internal sealed class PostgresBinaries
{
    private const int MajorMin = 15;
    private readonly string folder;
    private readonly string[] prefix;

    private PostgresBinaries(string folder, string? account)
    {
        this.folder = folder;
        Account = account;
        prefix = account is null ? [] : RunAs(account);
    }

    /// <summary>Whom PostgreSQL runs as, or null for ourselves: its programs refuse root.</summary>
    public string? Account { get; }

    /// <summary>The environment variable that names a folder of binaries which none of the usual places has.</summary>
    public const string Variable = "LSTEP_POSTGRES_BIN";

    /// <exception cref="PrivatePostgresException">They are not installed, or there is nobody to run them as.</exception>
    public static PostgresBinaries Find()
    {
        var given = Environment.GetEnvironmentVariable(Variable) ?? "";
        if (given.Length > 0 && !Holds(given))
            throw new PrivatePostgresException(
                $"{Variable} is '{given}', without PostgreSQL's programs (initdb, postgres, pg_ctl): give their folder or unset it.");
        string[] named = [
            given, .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')];
        var candidates = Installed().Concat(named.Where(Holds));
        var folder = candidates.FirstOrDefault(f => Major(f) >= MajorMin)
            ?? throw new PrivatePostgresException(
                $"PostgreSQL {MajorMin} or newer is not installed (looked in PATH and /usr/lib/postgresql/*/bin). "
                + "Install it (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql) or give a connection string "
                + "with --postgres.");
        return new PostgresBinaries(folder, Environment.UserName == "root" ? Somebody() : null);
    }

    public async Task<(int ExitCode, string Output)> Run(string program, CancellationToken cancel, params string[] arguments) =>
        await Execute([.. prefix, Path.Combine(this.folder, program), .. arguments], cancel);

    public static async Task<(int ExitCode, string Output)> Execute(string[] command, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start) ?? throw new PrivatePostgresException($"{command[0]} could not be started.");
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, (await output + await errors).Trim());
    }

    private static IEnumerable<string> Installed() =>
        new[] { "/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt", "/usr" }
            .Where(Directory.Exists)
            .SelectMany(root => root == "/usr" ? Directory.EnumerateDirectories(root, "pgsql-*") : Directory.EnumerateDirectories(root))
            .Select(version => Path.Combine(version, "bin"))
            .Where(Holds)
            .OrderByDescending(Major);

    private static bool Holds(string folder) =>
        new[] { "postgres", "initdb", "pg_ctl" }.All(program => File.Exists(Path.Combine(folder, program)));

    private static int Major(string folder)
    {
        var words = Execute([Path.Combine(folder, "postgres"), "--version"], CancellationToken.None).GetAwaiter()
            .GetResult().Output.Split(' ');
        return words.Select(w => int.TryParse(w.Split('.')[0], out var major) ? major : 0).Max();
    }

    private static string Somebody()
    {
        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet();
        return accounts.Contains("postgres") ? "postgres" : accounts.Contains("nobody") ? "nobody"
            : throw new PrivatePostgresException(
                "PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as. Start L-Step as an ordinary "
                    + "user.");
    }

    private static string[] RunAs(string account)
    {
        string[][] ways = [["/usr/bin/setpriv", $"--reuid={account}", $"--regid={GroupOf(account)}", "--clear-groups"], [
            "/usr/sbin/runuser", "-u", account, "--"], ["/sbin/runuser", "-u", account, "--"]];
        return ways.FirstOrDefault(way => File.Exists(way[0]))
            ?? throw new PrivatePostgresException(
                "PostgreSQL refuses to run as root, and neither setpriv nor runuser is installed (package util-linux). Start L-Step as an "
                    + "ordinary user.");
    }

    public static string GroupOf(string account) =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).First(fields => fields[0] == account)[3];
}

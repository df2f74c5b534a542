using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace LStep.Grains.Database.Postgres;

/// <summary>What lies in DATA/postgres: cluster, password, locks, log; and the short folder of the socket outside it.</summary>
internal sealed class PostgresFolder(string dataFolder)
{
    private const int SocketFolderCharsMax = 80;

    public string Root { get; } = Path.Combine(Path.GetFullPath(dataFolder), "postgres");

    public string Cluster => Path.Combine(Root, "cluster");
    public string Log => Path.Combine(Root, "server.log");
    public string StartLock => Path.Combine(Root, "start.lock");
    public string UsersLock => Path.Combine(Root, "users.lock");
    private string PasswordFile => Path.Combine(Root, "password");

    public bool Initialised => File.Exists(Path.Combine(Cluster, "PG_VERSION"));

    /// <summary>A Unix socket's path must fit 107 bytes, which a data folder's often does not.</summary>
    public string SocketFolder
    {
        get
        {
            var own = Path.Combine(Root, "socket");
            return own.Length <= SocketFolderCharsMax ? own
                : Path.Combine(
                    Path.GetTempPath(), "lstep-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Root)))[..16]);
        }
    }

    /// <summary>The superuser's password, made at the first start; only the owner can read it.</summary>
    public string Password()
    {
        if (!File.Exists(PasswordFile))
        {
            using var file = new FileStream(PasswordFile, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            file.Write(Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(48, lowercase: true)));
        }
        return File.ReadAllText(PasswordFile).Trim();
    }

    /// <summary>The port a running server wrote down, or null.</summary>
    public int? RunningPort()
    {
        var pidFile = Path.Combine(Cluster, "postmaster.pid");
        if (!File.Exists(pidFile)) return null;
        var lines = File.ReadAllLines(pidFile);
        return lines.Length > 3 && int.TryParse(lines[3], out var port) ? port : null;
    }

    public void Configure(PrivatePostgresOptions options)
    {
        var durable = options.Durable ? "on" : "off";
        File.WriteAllText(Path.Combine(Cluster, "lstep.conf"), $"""
            # Written at every start; put your own settings after the include at the end of postgresql.conf.
            listen_addresses = '127.0.0.1'
            port = {FreePort.Next()}
            unix_socket_directories = '{SocketFolder}'
            unix_socket_permissions = 0777
            password_encryption = scram-sha-256
            max_connections = {options.ConnectionsMax}
            shared_buffers = 256MB
            effective_cache_size = 1GB
            work_mem = 16MB
            maintenance_work_mem = 128MB
            fsync = {durable}
            full_page_writes = {durable}
            synchronous_commit = on
            wal_compression = on
            wal_buffers = 16MB
            max_wal_size = 4GB
            min_wal_size = 512MB
            checkpoint_timeout = 15min
            checkpoint_completion_target = 0.9
            random_page_cost = 1.1
            jit = off
            autovacuum_naptime = 15s
            autovacuum_vacuum_cost_limit = 2000
            log_min_duration_statement = -1
            log_parameter_max_length_on_error = 0
            timezone = 'UTC'

            """);
        var main = Path.Combine(Cluster, "postgresql.conf");
        if (!File.ReadAllText(main).Contains("include = 'lstep.conf'", StringComparison.Ordinal))
            File.AppendAllText(main, "\ninclude = 'lstep.conf'\n");
    }
}

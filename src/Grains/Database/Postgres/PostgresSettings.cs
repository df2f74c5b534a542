namespace LStep.Grains.Database.Postgres;

/// <summary>The settings that a private PostgreSQL is started with.</summary>
internal static class PostgresSettings
{
    /// <summary>
    /// What PostgreSQL's own documentation recommends; more than that is better left to the operating system. A page is taken from the
    /// machine's memory when it is first used.
    /// </summary>
    private const int BuffersShareOfMemory = 4, BuffersMbMin = 128, BuffersMbMax = 4_096;

    public const string Include = "include = 'lstep.conf'";

    /// <param name="hasLz4">Whether this PostgreSQL can compress by LZ4, which takes a tenth of the time of its own method.</param>
    public static string Of(PrivatePostgresOptions options, string socketFolder, bool hasLz4)
    {
        var durable = options.Durable ? "on" : "off";
        var (compression, pages) = hasLz4 ? ("lz4", "lz4") : ("pglz", "on");
        var memoryMb = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024);
        var buffersMb = Math.Clamp(memoryMb / BuffersShareOfMemory, BuffersMbMin, BuffersMbMax);
        return $"""
            # Written at every start; put your own settings after the include at the end of postgresql.conf.
            listen_addresses = '127.0.0.1'
            port = {FreePort.Next()}
            unix_socket_directories = '{socketFolder.Replace("'", "''", StringComparison.Ordinal)}'
            unix_socket_permissions = 0700
            log_file_mode = 0600
            password_encryption = scram-sha-256
            max_connections = {options.ConnectionsMax}
            shared_buffers = {buffersMb}MB
            effective_cache_size = {buffersMb * 2}MB
            work_mem = 16MB
            maintenance_work_mem = 128MB
            fsync = {durable}
            full_page_writes = {durable}
            synchronous_commit = on
            wal_compression = {pages}
            default_toast_compression = {compression}
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
            log_error_verbosity = terse # else the detail of an error holds the row, and with it people's data
            timezone = 'UTC'

            """;
    }
}

using LStep.Grains.Database.Postgres;
using LStep.Workbench.Simulation;
using Npgsql;

namespace LStep.Deployment.Tests;

/// <summary>A PostgreSQL for one test class, with the role and the database that sql/server/role.sql makes.</summary>
public sealed class OwnPostgres : IAsyncLifetime
{
    private const string Password = "letters0and1digits";
    private readonly string folder = Directory.CreateTempSubdirectory("lstep-deployed-").FullName;
    private PrivatePostgres server = null!;

    /// <summary>By TCP: a silo that sees no /tmp of ours sees no socket in it.</summary>
    public string ConnectionString { get; private set; } = "";

    public async Task InitializeAsync()
    {
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        server = await PrivatePostgres.Start(folder, new PrivatePostgresOptions { Durable = false, Database = "administration" });
        var admin = new NpgsqlConnectionStringBuilder(server.ConnectionStringTo("postgres"));
        var (code, output) = await Programs.RunIn(Repository.Root,
            new Dictionary<string, string> { ["PGPASSWORD"] = admin.Password!, ["LSTEP_DB_PASSWORD"] = Password },
            Program("psql"), "-X", "-q", "-h", "127.0.0.1", "-p", $"{admin.Port}", "-U", admin.Username!, "-d", "postgres", "-f",
            "sql/server/role.sql");
        Assert.True(code == 0, output);
        ConnectionString = $"Host=127.0.0.1;Port={admin.Port};Database=lstep;Username=lstep_app;Password={Password}";
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>One of PostgreSQL's client programs, of the version whose server runs here.</summary>
    public static string Program(string name) =>
        new[] { Environment.GetEnvironmentVariable("LSTEP_POSTGRES_BIN") }
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.EnumerateDirectories(
                "/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin")) : [])
            .FirstOrDefault(bin => bin is not null && File.Exists(Path.Combine(bin, name))) is { } found ? Path.Combine(found, name) : name;
}

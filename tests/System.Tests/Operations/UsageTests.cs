using System.Net;
using System.Net.Sockets;

namespace LStep.System.Tests.Operations;

/// <summary>Wrong usage, as a newcomer meets it: one sentence that says what to do, and an exit code that scripts can tell apart.</summary>
public sealed class UsageTests
{
    private const int TroubleFromOutside = 1;
    private const int WrongUsage = 2;
    private const string AnyFreeOne = "0";

    [Theory]
    [InlineData("--port is '99999'", "run", "--port", "99999")]
    [InlineData("--port is '-1'", "run", "--port", "-1")]
    [InlineData("--port is 'http'", "run", "--port", "http")]
    [InlineData("--silo-port is '70000'", "run", "--silo-port", "70000")]
    [InlineData("--listen is 'everywhere'", "run", "--listen", "everywhere")]
    [InlineData("--zone is 'Mars/Olympus'", "run", "--zone", "Mars/Olympus")]
    [InlineData("'yesterday' is no instant", "run", "--clock", "yesterday")]
    [InlineData("--drain is '-5'", "run", "--drain", "-5")]
    [InlineData("'many'", "cluster", "many")]
    [InlineData("no connection string of PostgreSQL", "run", "--postgres", "my database")]
    [InlineData("--postgres names no host", "verify", "--postgres", "Database=lstep")]
    [InlineData("which is a file", "verify", "--data", "lstep-silo.dll")]
    [InlineData("N is '0'; give a number from 1 to 16", "cluster", "0")]
    [InlineData("give a lower --port", "cluster", "3", "--port", "65534")]
    [InlineData("give a lower --silo-port", "cluster", "3", "--silo-port", "65534")]
    [InlineData("N is '-1'", "migrate", "down", "-1")]
    [InlineData("N is 'x'", "migrate", "down", "x")]
    [InlineData("--list is '-1'", "verify", "--list", "-1")]
    [InlineData("--list is 'all'", "verify", "--list", "all")]
    [InlineData("are given together", "run", "--silo-cert", "silo.pem")]
    [InlineData("'loud' is none of debug, info, warn, error", "run", "--log-level", "loud")]
    [InlineData("'owner' is none of ingest, viewer, success, admin", "keys", "create", "owner", "Ada")]
    [InlineData("'owner'", "keys", "add", "owner", "Ada")]
    [InlineData("'soon' is no instant", "keys", "add", "viewer", "Ada", "--expires", "soon")]
    [InlineData("--api-rate is '0'", "run", "--api-rate", "0")]
    [InlineData("'ftp://x' is no address", "doctor", "ftp://x")]
    [InlineData("--nope", "run", "--nope")]
    [InlineData("--days is '0'", "backfill", "--days", "0")]
    [InlineData("--days", "backfill")]
    [InlineData("--retain-activities-months is '2'", "run", "--retain-activities-months", "2")]
    [InlineData("--retain-anonymous-days is '31'", "run", "--retain-anonymous-days", "31")]
    [InlineData("nope", "nope")]
    [InlineData("command", "keys")]
    public async Task Wrong_usage_is_one_sentence_and_exit_code_2(string sentence, params string[] arguments) =>
        Told(sentence, WrongUsage, await Silo(arguments));

    [Theory]
    [InlineData("--learners is '0'", "demo", "--learners", "0")]
    [InlineData("--learners is '-5'", "demo", "--learners", "-5")]
    [InlineData("'many'", "demo", "--learners", "many")]
    [InlineData("--seed is '-1'", "demo", "--seed", "-1")]
    [InlineData("--seconds is '0'", "bench", "ingest", "--seconds", "0")]
    [InlineData("--customers is '0'", "bench", "memory", "--customers", "0")]
    [InlineData("--requests is '1e9'", "bench", "fuzz", "--requests", "1e9")]
    [InlineData("--minutes is '0'", "bench", "faults", "--minutes", "0")]
    [InlineData("no connection string of PostgreSQL", "bench", "simulation", "--postgres", "my database")]
    [InlineData("'long'", "bench", "ingest", "--seconds", "long")]
    [InlineData("command", "bench")]
    public async Task Wrong_usage_of_the_workbench_is_one_sentence_and_exit_code_2(string sentence, params string[] arguments) =>
        Told(sentence, WrongUsage, await Program("lstep-workbench.dll", new(), arguments));

    [Theory]
    [InlineData("LSTEP_PORT", "1e9", "run")]
    [InlineData("LSTEP_ZONE", "Middle-earth", "run")]
    [InlineData("LSTEP_DRAIN", "soon", "run")]
    [InlineData("LSTEP_CURRENCY", "EURO", "run")]
    [InlineData("LSTEP_DIGEST_TO", "nobody", "run")]
    [InlineData("LSTEP_SILO_INSECURE", "perhaps", "run")]
    [InlineData("LSTEP_API_RATE", "fast", "run")]
    [InlineData("LSTEP_OIDC_CLIENT_SECRET", "sesame", "run")]
    [InlineData("LSTEP_POSTGRES", "password=sesame;nonsense", "verify")]
    [InlineData("LSTEP_PUBLIC_URL", "lstep.example.org", "keys link")]
    public async Task A_variable_that_cannot_be_meant_is_named_and_a_password_in_it_is_not_repeated(
        string variable, string value, string verb)
    {
        var ended = await Program("lstep-silo.dll", new() { [variable] = value }, verb.Split(' '));

        Told(variable, WrongUsage, ended);
        Assert.DoesNotContain("sesame", ended.Output);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("keys", "list")]
    [InlineData("keys", "link")]
    [InlineData("doctor")]
    [InlineData("backfill", "--days", "3")]
    [InlineData("migrate", "down", "0")]
    public async Task A_folder_without_data_is_said_and_none_are_made(params string[] arguments)
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        Told($"There are no data in {folder}", TroubleFromOutside, await Silo([.. arguments, "--data", folder]));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_before_anything_is_started()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var (port, folder) = (((IPEndPoint)other.LocalEndpoint).Port, Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));

        var ended = await Silo(["run", "--port", $"{port}", "--data", folder]);

        Told($"Port {port} is taken", TroubleFromOutside, ended);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_said_with_what_to_check()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        var nowhere = $"Host=127.0.0.1;Port={port};Database=x;Username=y;Password=z";
        Told("Check --postgres", TroubleFromOutside, await Silo(["run", "--port", AnyFreeOne, "--postgres", nowhere]));
        Told("Check --postgres", TroubleFromOutside, await Silo(["cluster", "2", "--port", AnyFreeOne, "--postgres", nowhere]));
    }

    [Theory]
    [InlineData("--advertise", "nosuch.invalid", "'nosuch.invalid' has no address")]
    [InlineData("--listen", "203.0.113.9", "203.0.113.9 is no address of this machine")]
    public async Task An_address_that_is_not_ours_is_said(string option, string value, string sentence) =>
        Told(sentence, TroubleFromOutside, await Silo(["run", "--port", $"{Ports.Free()}", option, value]));

    [Fact]
    public async Task The_server_on_a_database_is_found_by_keys_link_and_doctor()
    {
        await using var host = await LStepHost.Start();
        var database = new[] { "--postgres", host.ConnectionString };

        var link = await Silo(["keys", "link", .. database]);
        Assert.StartsWith($"{host.Address}#link=", link.Output);
        var doctor = await Program("lstep-silo.dll", new() { ["LSTEP_ADMIN_TOKEN"] = host.AdminToken }, ["doctor", .. database]);
        Assert.Contains($"is at {host.Address}", doctor.Output);
        Assert.Contains("All is well.", doctor.Output);
    }

    [Fact]
    public async Task Customers_of_a_file_are_brought_to_the_server_that_runs_on_the_data_and_the_refused_listed_beside_it()
    {
        await using var host = await LStepHost.Start();
        var file = Path.Combine(Directory.CreateTempSubdirectory("lstep-init-").FullName, "people.csv");
        await File.WriteAllTextAsync(file, "id,name\nverb1,One\nnull,Two\n");
        string[] asked = ["init-customers", file, "--postgres", host.ConnectionString];

        var dry = await Silo([.. asked, "--dry-run"]);
        Told("2 rows: 1 would be taken, 0 known already, 1 refused", TroubleFromOutside, dry);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("/api/customers/verb1")).StatusCode);
        var ended = await Program("lstep-silo.dll", new() { ["LSTEP_WRITE_KEY"] = host.WriteKey }, asked);

        Assert.Contains($"To the server at {host.Address}", ended.Output);
        Assert.Contains("2 rows: 1 taken, 0 known already, 1 refused", ended.Output);
        Assert.Equal("One", (await host.Get("/api/customers/verb1")).GetProperty("name").GetString());
        Assert.Equal(["line,code,reason", "3,placeholder_id"], (await File.ReadAllLinesAsync(file + ".rejected.csv")).Select(
            line => line.Split(",\"")[0]));
    }

    [Fact]
    public async Task Without_Node_the_script_says_where_to_get_it()
    {
        var tools = Directory.CreateTempSubdirectory("lstep-tools-");
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(Directory.Exists))
            foreach (
                var tool in Directory.EnumerateFiles(folder).Where(tool => Path.GetFileName(tool) is not ("node" or "nodejs" or "npm")))
                if (Path.Combine(tools.FullName, Path.GetFileName(tool)) is var link && !File.Exists(link))
                    File.CreateSymbolicLink(link, tool);
        try
        {
            Told("Missing: Node 20 or later", TroubleFromOutside, await Programs.RunIn(
                Repository.Root, new Dictionary<string, string> { ["PATH"] = tools.FullName }, "bash", "lstep", "test", "Domain.Tests"));
        }
        finally
        {
            tools.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"writeKey":1}""")]
    public async Task A_file_of_keys_that_cannot_be_read_is_named_and_left_as_it_is(string text)
    {
        var folder = Directory.CreateTempSubdirectory("lstep-keys-").FullName;
        var file = Path.Combine(folder, "keys.json");
        await File.WriteAllTextAsync(file, text);
        try
        {
            var database = await PostgresFixture.FreshDatabase();
            Told($"{file} is no JSON object", TroubleFromOutside, await Silo(
                ["run", "--port", AnyFreeOne, "--silo-port", AnyFreeOne, "--data", folder, "--postgres", database]));
            Assert.Equal(text, await File.ReadAllTextAsync(file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("lstep test [PROJECT...]", "test", "--help")]
    [InlineData("lstep VERB [options]", "--help")]
    public async Task The_script_explains_what_it_does_itself(string usage, params string[] arguments) =>
        Told(usage, code: 0, await Programs.Run("bash", ["lstep", .. arguments]));

    private static void Told(string sentence, int code, Ended ended)
    {
        Assert.Contains(sentence, ended.Output);
        Assert.Equal(code, ended.ExitCode);
        Assert.DoesNotContain("   at ", ended.Output);
        Assert.DoesNotContain("System.", ended.Output);
    }

    private static Task<Ended> Silo(string[] arguments) => Program("lstep-silo.dll", new(), arguments);

    private static Task<Ended> Program(string program, Dictionary<string, string> variables, params string[] arguments) =>
        Programs.RunIn(AppContext.BaseDirectory, variables, "dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments]);
}

using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LStep.Deployment.Tests;

public sealed partial class ComposeTests
{
    private const string Cluster = "docker-compose.yml";
    private const string Single = "docker-compose.single.yml";
    private static readonly Dictionary<string, string> Given = new()
    {
        ["POSTGRES_PASSWORD"] = "a", ["LSTEP_DB_PASSWORD"] = "b", ["LSTEP_WRITE_KEY"] = "c", ["LSTEP_ADMIN_TOKEN"] = "d",
    };

    [NeedsForEach("docker-compose")]
    [InlineData(Cluster)]
    [InlineData(Single)]
    public async Task Compose_takes_the_file_when_the_secrets_are_given(string file)
    {
        var (code, output) = await Programs.Compose(Repository.Root, Given, "-f", file, "--profile", "telemetry", "config", "-q");
        Assert.True(code == 0, output);
    }

    [NeedsForEach("docker-compose")]
    [InlineData(Cluster, "POSTGRES_PASSWORD")]
    [InlineData(Cluster, "LSTEP_DB_PASSWORD")]
    [InlineData(Cluster, "LSTEP_WRITE_KEY")]
    [InlineData(Cluster, "LSTEP_ADMIN_TOKEN")]
    [InlineData(Single, "POSTGRES_PASSWORD")]
    [InlineData(Single, "LSTEP_DB_PASSWORD")]
    [InlineData(Single, "LSTEP_WRITE_KEY")]
    [InlineData(Single, "LSTEP_ADMIN_TOKEN")]
    public async Task Compose_refuses_to_start_without_a_secret_and_names_it(string file, string secret)
    {
        var (code, output) = await Programs.Compose(Repository.Root, new Dictionary<string, string>(Given) { [secret] = "" }, "-f", file, "config", "-q");
        Assert.NotEqual(0, code);
        Assert.Contains(secret, output, StringComparison.Ordinal);
    }

    [Needs("docker-compose")]
    public async Task A_misspelt_word_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("lstep-compose-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, Cluster), Repository.Read(Cluster).Replace("read_only:", "read_onyl:", StringComparison.Ordinal));
            Assert.NotEqual(0, (await Programs.Compose(folder, Given, "config", "-q")).ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [NeedsForEach("node")]
    [InlineData(Cluster, 3)]
    [InlineData(Single, 1)]
    public async Task Every_silo_is_closed_in_and_has_the_time_to_finish(string file, int silos)
    {
        var serving = await Silos(file);
        Assert.Equal(silos, serving.Count);
        Assert.All(serving.Values, silo =>
        {
            Assert.True(silo.GetProperty("read_only").GetBoolean());
            Assert.Equal("/tmp", silo.GetProperty("tmpfs")[0].GetString());
            Assert.Equal("ALL", silo.GetProperty("cap_drop")[0].GetString());
            Assert.Equal("no-new-privileges:true", silo.GetProperty("security_opt")[0].GetString());
            Assert.False(silo.TryGetProperty("cap_add", out _));
            Assert.False(silo.TryGetProperty("privileged", out _));
            Assert.Equal("service_healthy", silo.GetProperty("depends_on").GetProperty("postgres").GetProperty("condition").GetString());
            Assert.Equal(TheStop.GraceSeconds, int.Parse(silo.GetProperty("stop_grace_period").GetString()!.TrimEnd('s'), CultureInfo.InvariantCulture));
        });
    }

    [NeedsForEach("node")]
    [InlineData(Cluster, "orleans")]
    [InlineData(Single, "embedded")]
    public async Task Every_silo_is_built_with_the_engine_its_image_is_named_after(string file, string engine) =>
        Assert.All((await Silos(file)).Values, silo =>
        {
            Assert.Equal(engine, silo.GetProperty("build").GetProperty("args").GetProperty("ENGINE").GetString());
            Assert.Equal($"lstep:{engine}", silo.GetProperty("image").GetString());
        });

    [NeedsForEach("node")]
    [InlineData(Cluster)]
    [InlineData(Single)]
    public async Task Ports_lead_to_the_one_that_is_served_and_are_open_to_this_machine_only(string file)
    {
        var ports = (await Silos(file)).Values.Select(silo => silo.GetProperty("ports")[0].GetString()!.Split(':')).ToList();
        Assert.All(ports, port => Assert.Equal(["127.0.0.1", Dockerfile.Variables["LSTEP_PORT"]], [port[0], port[2]]));
        Assert.Distinct(ports.Select(port => port[1]));
    }

    [NeedsForEach("node")]
    [InlineData(Cluster)]
    [InlineData(Single)]
    public async Task Every_variable_of_a_silo_is_one_the_product_reads_and_every_secret_comes_from_outside(string file)
    {
        var services = (await Programs.Documents(file))[0].GetProperty("services");
        foreach (var service in services.EnumerateObject().Where(service => service.Value.TryGetProperty("environment", out _)))
            foreach (var variable in service.Value.GetProperty("environment").EnumerateObject())
            {
                if (service.Name != "postgres") Assert.Contains(variable.Name, ReadByTheProduct.Names);
                if (Secrets.IsSecret(variable.Name)) Assert.Matches(Required(), variable.Value.GetString()!);
            }
    }

    [Fact]
    public void The_example_of_the_environment_names_every_secret_and_gives_none_a_value()
    {
        var lines = Repository.Read(".env.example").Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList();
        Assert.Equal(Given.Keys.Order(), lines.Select(line => line.Split('=')[0]).Order());
        Assert.All(lines, line => Assert.EndsWith("=", line, StringComparison.Ordinal));
        Assert.Contains(".env", Repository.Read(".gitignore").Split('\n'));
    }

    [Needs("node")]
    public async Task The_collector_is_opt_in_and_its_pipelines_name_parts_that_exist()
    {
        Assert.Equal("telemetry", (await Programs.Documents(Cluster))[0].GetProperty("services").GetProperty("collector").GetProperty("profiles")[0].GetString());
        var config = (await Programs.Documents("deploy/collector.yaml"))[0];
        foreach (var pipeline in config.GetProperty("service").GetProperty("pipelines").EnumerateObject())
            foreach (var part in pipeline.Value.EnumerateObject())
                Assert.All(part.Value.EnumerateArray(), name => Assert.True(config.GetProperty(part.Name).TryGetProperty(name.GetString()!, out _), $"{part.Name}: {name}"));
    }

    [Needs("yamllint")]
    public async Task Every_YAML_file_is_clean()
    {
        var (code, output) = await Programs.Run("yamllint", "-s", Cluster, Single, "deploy", "k8s", ".github");
        Assert.True(code == 0, output);
    }

    /// <summary>Services that serve: those of our image that do not end by themselves.</summary>
    internal static async Task<Dictionary<string, JsonElement>> Silos(string file) =>
        (await Programs.Documents(file))[0].GetProperty("services").EnumerateObject()
            .Where(service => service.Value.GetProperty("image").GetString()!.StartsWith("lstep:", StringComparison.Ordinal) && !service.Value.TryGetProperty("command", out _))
            .ToDictionary(service => service.Name, service => service.Value);

    [GeneratedRegex(@"^(Host=postgres;Database=lstep;Username=lstep_app;Password=)?\$\{[A-Z_]+:\?[^}]+\}$")]
    private static partial Regex Required();
}

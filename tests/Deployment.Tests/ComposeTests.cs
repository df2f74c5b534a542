using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LStep.Grains.Database;

namespace LStep.Deployment.Tests;

public sealed partial class ComposeTests
{
    // As COMPOSE_FILE names them: the second adds to the first.
    private const string Single = "docker-compose.yml";
    private const string Cluster = "docker-compose.yml:docker-compose.cluster.yml";
    private static readonly Dictionary<string, string> Given = new()
    {
        ["POSTGRES_PASSWORD"] = "a", ["LSTEP_DB_PASSWORD"] = "b", ["LSTEP_WRITE_KEY"] = "c", ["LSTEP_ADMIN_TOKEN"] = "d",
    };

    [NeedsForEach("docker-compose")]
    [InlineData(Cluster)]
    [InlineData(Single)]
    public async Task Compose_takes_the_file_when_the_secrets_are_given(string file)
    {
        var (code, output) = await Programs.Compose(Repository.Root, Given, [.. Named(file), "--profile", "telemetry", "config", "-q"]);
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
        var (code, output) = await Programs.Compose(
            Repository.Root, new Dictionary<string, string>(Given) { [secret] = "" }, [.. Named(file), "config", "-q"]);
        Assert.NotEqual(0, code);
        Assert.Contains(secret, output, StringComparison.Ordinal);
    }

    [Needs("docker-compose")]
    public async Task A_misspelt_word_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("lstep-compose-").FullName;
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, Single), Repository.Read(Single).Replace("read_only:", "read_onyl:", StringComparison.Ordinal));
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
            Assert.Equal(TheStop.GraceSeconds, int.Parse(
                silo.GetProperty("stop_grace_period").GetString()!.TrimEnd('s'), CultureInfo.InvariantCulture));
        });
    }

    [NeedsForEach("node")]
    [InlineData(Cluster)]
    [InlineData(Single)]
    public async Task Every_silo_is_the_one_image_and_nothing_is_chosen_when_it_is_built(string file)
    {
        var silos = (await Silos(file)).Values;
        Assert.All(silos, silo => Assert.Equal("lstep", silo.GetProperty("image").GetString()));
        Assert.Equal(".", Assert.Single(silos, silo => silo.TryGetProperty("build", out _)).GetProperty("build").GetString());
    }

    [Needs("node")]
    public async Task A_silo_alone_opens_its_silo_port_to_nobody() =>
        Assert.All((await Silos(Single)).Values, silo =>
            Assert.DoesNotContain(silo.GetProperty(
                "environment").EnumerateObject(), variable => variable.Name is "LSTEP_ADVERTISE" or "LSTEP_SILO_INSECURE"));

    [Needs("node")]
    public async Task Silos_of_a_cluster_meet_on_a_network_without_a_way_out_that_nobody_else_is_on()
    {
        var whole = await Whole(Cluster);
        Assert.True(whole.GetProperty("networks").GetProperty("silos").GetProperty("internal").GetBoolean());
        var silos = await Silos(Cluster);
        foreach (var service in whole.GetProperty("services").EnumerateObject())
            Assert.Equal(silos.ContainsKey(service.Name), service.Value.TryGetProperty("networks", out var networks)
                && networks.TryGetProperty("silos", out _));
        var names = silos.Values.Select(silo => (Advertised: silo.GetProperty("environment").GetProperty("LSTEP_ADVERTISE").GetString(),
            Aliases: silo.GetProperty("networks").GetProperty("silos").GetProperty("aliases").EnumerateArray()
                .Select(alias => alias.GetString()))).ToList();
        Assert.Distinct(names.Select(name => name.Advertised));
        // A name that is known on that network only, so that the silo port listens there only.
        Assert.All(names, name => Assert.Equal([name.Advertised], name.Aliases));
        Assert.All(
            silos.Values, silo => Assert.Equal("true", silo.GetProperty("environment").GetProperty("LSTEP_SILO_INSECURE").GetString()));
    }

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
        var services = (await Whole(file)).GetProperty("services");
        foreach (var service in services.EnumerateObject().Where(service => service.Value.TryGetProperty("environment", out _)))
            foreach (var variable in service.Value.GetProperty("environment").EnumerateObject())
            {
                if (service.Name != "postgres") Assert.Contains(variable.Name, ReadByTheProduct.Names);
                // A public client has none.
                if (variable.Name == "LSTEP_OIDC_CLIENT_SECRET") Assert.Equal($"${{{variable.Name}:-}}", variable.Value.GetString());
                else if (Secrets.IsSecret(variable.Name)) Assert.Matches(Required(), variable.Value.GetString()!);
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
        Assert.Equal(
            "telemetry", (await Whole(Single)).GetProperty("services").GetProperty("collector").GetProperty("profiles")[0].GetString());
        var config = (await Programs.Documents("deploy/collector.yaml"))[0];
        foreach (var pipeline in config.GetProperty("service").GetProperty("pipelines").EnumerateObject())
            foreach (var part in pipeline.Value.EnumerateObject())
                Assert.All(part.Value.EnumerateArray(), name => Assert.True(
                    config.GetProperty(part.Name).TryGetProperty(name.GetString()!, out _), $"{part.Name}: {name}"));
    }

    [Needs("yamllint")]
    public async Task Every_YAML_file_is_clean()
    {
        var (code, output) = await Programs.Run(
            "yamllint", "-s", "docker-compose.yml", "docker-compose.cluster.yml", "deploy", "k8s", ".github");
        Assert.True(code == 0, output);
    }

    /// <summary>Services that serve: those of our image that do not end by themselves.</summary>
    internal static async Task<Dictionary<string, JsonElement>> Silos(string files) =>
        (await Whole(files)).GetProperty("services").EnumerateObject()
            .Where(service => service.Value.GetProperty("image").GetString() == "lstep" && !service.Value.TryGetProperty("command", out _))
            .ToDictionary(service => service.Name, service => service.Value);

    /// <summary>What compose makes of the files, as far as ours go: maps are merged, everything else is replaced.</summary>
    private static async Task<JsonElement> Whole(string files)
    {
        var whole = new JsonObject();
        foreach (var file in files.Split(':')) Merge(whole, JsonObject.Create((await Programs.Documents(file))[0])!);
        return JsonSerializer.SerializeToElement(whole);
    }

    private static void Merge(JsonObject into, JsonObject more)
    {
        foreach (var (name, value) in more)
            if (into[name] is JsonObject there && value is JsonObject added) Merge(there, added);
            else
            {
                // A list would be added to the list that is there.
                Assert.False(into[name] is JsonArray, $"{name} is in both files");
                into[name] = value?.DeepClone();
            }
    }

    private static IEnumerable<string> Named(string files) => files.Split(':').SelectMany(file => new[] { "-f", file });

    [GeneratedRegex(@"^(Host=postgres;Database=lstep;Username=lstep_app;Password=)?\$\{[A-Z_]+:\?[^}]+\}$")]
    private static partial Regex Required();
}

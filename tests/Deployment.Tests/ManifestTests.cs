using System.Text.Json;

namespace LStep.Deployment.Tests;

public sealed class ManifestTests
{
    private static readonly string[] AppliedByThemselves = ["kustomization.yaml", "secret.example.yaml", "migrate.yaml"];

    private static string[] Files =>
        [.. Directory.EnumerateFiles(Repository.Path("k8s"), "*.yaml").Select(path => Path.GetRelativePath(Repository.Root, path)).Order()];

    private static string[] Manifests => [.. Files.Where(file => file != "k8s/kustomization.yaml")];

    [Needs("node")]
    public async Task Every_document_is_what_Kubernetes_knows_and_has_no_field_that_it_does_not()
    {
        var (code, output) = await Programs.Node("kubernetes.mjs", Manifests);
        Assert.True(code == 0, output);
    }

    [NeedsForEach("node")]
    [InlineData("deployment.yaml", "readinessProbe:", "readinesProbe:", "readinesProbe is unknown")]
    [InlineData("deployment.yaml", "replicas: 3", "replicas: three", "integer")]
    [InlineData("deployment.yaml", "      containers:", "      container:", "containers")]
    [InlineData("deployment.yaml", "runAsNonRoot:", "runAsNonroot:", "runAsNonroot is unknown")]
    [InlineData("deployment.yaml", "path: /health/live", "paht: /health/live", "paht is unknown")]
    [InlineData("disruption.yaml", "policy/v1", "policy/v2", "no PodDisruptionBudget in policy/v2")]
    [InlineData("scaling.yaml", "averageUtilization: 70", "averageUtilisation: 70", "averageUtilisation is unknown")]
    [InlineData("network.yaml", "podSelector:", "podSelektor:", "podSelektor is unknown")]
    [InlineData("services.yaml", "kind: Service", "kind: Servise", "no Servise in v1")]
    public async Task What_is_misspelt_is_found(string file, string right, string wrong, string complaint)
    {
        var text = Repository.Read($"k8s/{file}");
        Assert.Contains(right, text, StringComparison.Ordinal);
        var copy = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(copy, text.Replace(right, wrong, StringComparison.Ordinal));
            var (code, output) = await Programs.Node("kubernetes.mjs", copy);
            Assert.Equal(1, code);
            Assert.Contains(complaint, output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    [Needs("node")]
    public async Task Kustomize_is_told_of_every_manifest_but_those_that_are_applied_by_themselves()
    {
        var kustomization = (await Programs.Documents("k8s/kustomization.yaml"))[0];
        Assert.Equal(
            Files.Select(file => Path.GetFileName(file)).Except(AppliedByThemselves).Order(),
            kustomization.GetProperty("resources").EnumerateArray().Select(file => file.GetString()!).Order());
        Assert.Equal(await Images("k8s/deployment.yaml"), kustomization.GetProperty("images").EnumerateArray().Select(
            image => image.GetProperty("name").GetString()!));
    }

    [Needs("node")]
    public async Task Every_selector_finds_the_silos()
    {
        var labels = (await Of("Deployment")).At("spec.template.metadata.labels");
        var selectors = new List<JsonElement> { (await Of("Deployment")).At("spec.selector.matchLabels"), (await Of(
            "PodDisruptionBudget")).At("spec.selector.matchLabels"), (await Of("NetworkPolicy")).At("spec.podSelector.matchLabels") };
        selectors.AddRange(
            (await All()).Where(document => document.At("kind").GetString() == "Service").Select(service => service.At("spec.selector")));

        Assert.Equal(5, selectors.Count);
        Assert.All(selectors.SelectMany(selector => selector.EnumerateObject()), wanted => Assert.Equal(
            wanted.Value.GetString(), labels.At([wanted.Name]).GetString()));
        Assert.Equal((await Of("Deployment")).At("metadata.name").GetString(), (await Of("HorizontalPodAutoscaler")).At(
            "spec.scaleTargetRef.name").GetString());
    }

    [Needs("node")]
    public async Task Ports_and_probes_are_those_of_the_image()
    {
        var silo = await Silo();
        var ports = silo.At("ports").EnumerateArray()
            .ToDictionary(port => port.At("name").GetString()!, port => $"{port.At("containerPort").GetInt32()}");
        Assert.Equal(Dockerfile.Exposed, ports.Values);
        Assert.Equal(Dockerfile.Variables["LSTEP_PORT"], ports["http"]);

        (string Probe, string Path)[] probes =
            [("startupProbe", "/health/live"), ("livenessProbe", "/health/live"), ("readinessProbe", "/health/ready")];
        foreach (var (probe, path) in probes)
        {
            Assert.Equal(path, silo.At($"{probe}.httpGet.path").GetString());
            Assert.Equal("http", silo.At($"{probe}.httpGet.port").GetString());
        }
        var targets = (await All()).Where(document => document.At("kind").GetString() == "Service")
            .SelectMany(service => service.At("spec.ports").EnumerateArray());
        Assert.All(targets, port => Assert.Contains(port.At("targetPort").GetString()!, ports.Keys));
        var open = (await Of("NetworkPolicy")).At("spec.ingress").EnumerateArray().SelectMany(rule => rule.At("ports").EnumerateArray())
            .Select(port => $"{port.At("port").GetInt32()}");
        Assert.Equal(Dockerfile.Exposed, open);
    }

    [NeedsForEach("node")]
    [InlineData("Deployment")]
    [InlineData("Job")]
    public async Task What_runs_has_no_privilege_and_may_write_to_its_tmp_only(string kind)
    {
        var pod = (await Of(kind)).At("spec.template.spec");
        Assert.True(pod.At("securityContext.runAsNonRoot").GetBoolean());
        Assert.Equal("RuntimeDefault", pod.At("securityContext.seccompProfile.type").GetString());
        Assert.False(pod.At("automountServiceAccountToken").GetBoolean());
        var container = Assert.Single(pod.At("containers").EnumerateArray().ToList());
        Assert.True(container.At("securityContext.readOnlyRootFilesystem").GetBoolean());
        Assert.False(container.At("securityContext.allowPrivilegeEscalation").GetBoolean());
        Assert.Equal("ALL", container.At("securityContext.capabilities.drop")[0].GetString());
        var writable = container.At("volumeMounts").EnumerateArray()
            .Where(mount => !mount.TryGetProperty("readOnly", out var only) || !only.GetBoolean());
        Assert.Equal("/tmp", Assert.Single(writable.ToList()).At("mountPath").GetString());
        Assert.True(container.At("resources.limits").TryGetProperty("memory", out _));
    }

    [Needs("node")]
    public async Task A_silo_has_more_time_to_stop_than_it_takes_for_itself() =>
        Assert.Equal(TheStop.GraceSeconds, (await Of("Deployment")).At("spec.template.spec.terminationGracePeriodSeconds").GetInt32());

    [Needs("node")]
    public async Task Every_variable_is_one_the_product_reads_and_no_secret_has_a_value()
    {
        var config = (await Of("ConfigMap")).At("data").EnumerateObject().Select(setting => setting.Name).ToList();
        var secret = (await Programs.Documents("k8s/secret.example.yaml"))[0].At("stringData").EnumerateObject().ToList();
        var direct = new[] { await Silo(), (await Of("Job")).At("spec.template.spec.containers")[0] }
            .Where(container => container.TryGetProperty("env", out _)).SelectMany(container => container.At("env").EnumerateArray())
                .ToList();

        var names = config.Concat(secret.Select(value => value.Name)).Concat(direct.Select(variable => variable.At("name").GetString()!))
            .ToList();
        Assert.Superset(new HashSet<string> { "LSTEP_POSTGRES", "LSTEP_WRITE_KEY", "LSTEP_ADMIN_TOKEN", "LSTEP_ZONE" }, names.ToHashSet());
        Assert.All(names, name => Assert.Contains(name, ReadByTheProduct.Names));
        Assert.All(secret, value => Assert.Equal("", value.Value.GetString()));
        Assert.DoesNotContain(config, Secrets.IsSecret);
        Assert.DoesNotContain(
            direct, variable => Secrets.IsSecret(variable.At("name").GetString()!) && variable.TryGetProperty("value", out _));
    }

    [Needs("node")]
    public async Task A_silo_finds_its_certificate_its_key_and_their_authority_where_the_secret_is_mounted()
    {
        var pod = (await Of("Deployment")).At("spec.template.spec");
        var volume = Assert.Single(pod.At("volumes").EnumerateArray(), one => one.TryGetProperty("secret", out _));
        var mount = Assert.Single(
            (await Silo()).At("volumeMounts").EnumerateArray(), one => one.At("name").GetString() == volume.At("name").GetString());
        var config = (await Of("ConfigMap")).At("data");
        var files = new[] { "LSTEP_SILO_CERT", "LSTEP_SILO_KEY", "LSTEP_SILO_CA" }.Select(name => config.At(name).GetString());
        // The names of a secret of type kubernetes.io/tls, as cert-manager makes it.
        Assert.Equal(new[] { "tls.crt", "tls.key", "ca.crt" }.Select(name => $"{mount.At("mountPath").GetString()}/{name}"), files);
        Assert.False(config.TryGetProperty("LSTEP_SILO_INSECURE", out _));
    }

    [Needs("node")]
    public async Task Only_silos_are_let_to_the_silo_port()
    {
        var rules = (await Of("NetworkPolicy")).At("spec.ingress").EnumerateArray().ToList();
        var silos = Assert.Single(rules, rule => rule.At("ports").EnumerateArray().Any(port => port.At("port").GetInt32() == 11111));
        var from = Assert.Single(silos.At("from").EnumerateArray().ToList());
        Assert.Equal(
            "silo", Assert.Single(from.EnumerateObject().ToList()).Value.At(["matchLabels", "app.kubernetes.io/component"]).GetString());
        Assert.All(rules, rule => Assert.NotEmpty(rule.At("ports").EnumerateArray()));
    }

    [Needs("node")]
    public async Task The_step_before_a_rollout_runs_the_image_that_is_rolled_out()
    {
        var image = (await Programs.Documents("k8s/kustomization.yaml"))[0].At("images")[0];
        Assert.Equal([$"{image.At("newName").GetString()}:{image.At("newTag").GetString()}"], await Images("k8s/migrate.yaml"));
    }

    private static async Task<JsonElement> Silo() => (await Of("Deployment")).At("spec.template.spec.containers")[0];

    private static async Task<IEnumerable<string>> Images(string file) =>
        (await Programs.Documents(file)).SelectMany(document => document.At("spec.template.spec.containers").EnumerateArray())
            .Select(container => container.At("image").GetString()!);

    private static async Task<JsonElement> Of(string kind) =>
        Assert.Single(await All(), document => document.At("kind").GetString() == kind);

    private static async Task<JsonElement[]> All()
    {
        var all = new List<JsonElement>();
        foreach (var file in Manifests) all.AddRange(await Programs.Documents(file));
        return [.. all];
    }
}

internal static class Elements
{
    /// <summary>The value at names joined by dots.</summary>
    public static JsonElement At(this JsonElement element, string path) => element.At(path.Split('.'));

    /// <inheritdoc cref="At(JsonElement, string)"/>
    public static JsonElement At(this JsonElement element, string[] names) =>
        names.Aggregate(element, (at, name) => at.TryGetProperty(name, out var value) ? value
            : throw new KeyNotFoundException($"{name} of {string.Join('.', names)}"));
}

namespace LStep.Deployment.Tests;

/// <summary>What the image promises, without building it.</summary>
public sealed class DockerfileTests
{
    [Fact]
    public void What_is_built_without_a_target_is_the_product_and_holds_no_compiler()
    {
        Assert.Equal("runtime", Dockerfile.Final.From);
        Assert.StartsWith(
            "mcr.microsoft.com/dotnet/aspnet:10.0.", Assert.Single(Dockerfile.Stages, stage => stage.Name == "runtime").From,
            StringComparison.Ordinal);
        Assert.Equal(["dotnet", "lstep-silo.dll"], Dockerfile.Entrypoint);
        Assert.DoesNotContain(Dockerfile.Stages.SelectMany(stage => stage.Instructions), i => i.Name == "ARG");
    }

    [Fact]
    public void Every_image_it_begins_with_is_named_by_version_and_digest()
    {
        var own = Dockerfile.Stages.Select(stage => stage.Name).ToHashSet();
        var others = Dockerfile.Stages.Select(stage => stage.From).Where(from => !own.Contains(from)).ToList();
        Assert.Equal(3, others.Count);
        Assert.All(others, from => Assert.Matches(@"^[a-z./]+:\d+\.\d+\.\d+[a-z-]*@sha256:[0-9a-f]{64}$", from));
    }

    [Fact]
    public void It_builds_what_the_lock_files_say_and_every_project_has_one()
    {
        var builds = Dockerfile.Stages.SelectMany(stage => stage.Instructions).Where(
            i => i.Text.Contains("dotnet publish", StringComparison.Ordinal));
        Assert.All(builds, i => Assert.Contains("-p:RestoreLockedMode=true", i.Text, StringComparison.Ordinal));
        var projects = new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(
            Repository.Path(folder), "*.csproj", SearchOption.AllDirectories)).ToList();
        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.True(
            File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")), project));
    }

    [Fact]
    public void The_workbench_is_a_target_of_its_own_that_runs_as_the_product_does_and_no_part_of_the_product()
    {
        var workbench = Assert.Single(Dockerfile.Stages, stage => stage.Name == "workbench");
        Assert.Equal("runtime", workbench.From);
        Assert.Equal(["dotnet", "lstep-workbench.dll"], workbench.Last("ENTRYPOINT").Words);
        Assert.Equal("$APP_UID", workbench.Last("USER").Text);
        Assert.Contains(Dockerfile.StagesOf(workbench), stage => stage.Name == "workbench-server");
        Assert.DoesNotContain(Dockerfile.StagesOf(Dockerfile.Final), stage => stage.Name.StartsWith("workbench", StringComparison.Ordinal));
    }

    [Fact]
    public void Everything_that_is_copied_from_the_repository_is_let_through_by_dockerignore()
    {
        var let = Repository.Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();
        var copied = Dockerfile.Stages.SelectMany(stage => stage.Instructions).Where(i => i.Name == "COPY" && i.Flag("from") is null)
            .SelectMany(i => i.WithoutFlags[..^1]).ToList();

        Assert.NotEmpty(copied);
        Assert.All(
            copied, path => Assert.Contains(let, allowed => path == allowed || path.StartsWith(allowed + "/", StringComparison.Ordinal)));
        Assert.All(let, path => Assert.True(Path.Exists(Repository.Path(path)), path));
    }

    [Fact]
    public void Dockerignore_begins_with_nothing_and_keeps_secrets_and_results_of_other_builds_out()
    {
        var lines = Repository.Read(".dockerignore").Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList();
        Assert.Equal("*", lines[0]);
        Assert.Superset(
            new HashSet<string> { "**/bin", "**/obj", "**/node_modules", "**/.lstep", "**/.env", "src/Silo/wwwroot" }, lines.ToHashSet());
    }

    [Fact]
    public void The_image_runs_as_a_number_that_is_not_root_and_is_told_to_stop_by_SIGTERM()
    {
        // Microsoft's images set APP_UID to 1654.
        Assert.Equal("$APP_UID", Dockerfile.Final.Last("USER").Text);
        Assert.Equal("SIGTERM", Dockerfile.Final.Last("STOPSIGNAL").Text);
    }

    [Fact]
    public void The_health_check_asks_the_port_that_is_served_and_needs_no_program_that_the_image_lacks()
    {
        Assert.Contains($"http://127.0.0.1:{Dockerfile.Variables["LSTEP_PORT"]}", Dockerfile.HealthCheck);
        Assert.Contains(Dockerfile.Variables["LSTEP_PORT"], Dockerfile.Exposed);
        Assert.DoesNotContain(Dockerfile.HealthCheck, word => word is "curl" or "wget" or "sh");
    }

    [Fact]
    public void Every_variable_of_the_image_is_one_the_product_reads() =>
        Assert.All(Dockerfile.Variables.Keys, name => Assert.Contains(name, ReadByTheProduct.Names));

    [Fact]
    public void No_secret_is_given_a_value_in_the_image() =>
        Assert.DoesNotContain(
            Dockerfile.Stages.SelectMany(stage => stage.Instructions), i => i.Name is "ENV" or "ARG" && Secrets.IsSecret(i.Text));
}

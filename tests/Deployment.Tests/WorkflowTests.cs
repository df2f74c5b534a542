namespace LStep.Deployment.Tests;

public sealed class WorkflowTests
{
    private const string Workflow = ".github/workflows/ci.yml";

    [Needs("node")]
    public async Task The_workflow_is_what_GitHub_knows()
    {
        var (code, output) = await Programs.Node("workflow.mjs", Workflow);
        Assert.True(code == 0, output);
    }

    [NeedsForEach("node")]
    [InlineData("runs-on:", "runs_on:")]
    [InlineData("timeout-minutes: 90", "timeout-minute: 90")]
    [InlineData("fail-fast: false", "fail-quick: false")]
    [InlineData("permissions:", "permission:")]
    public async Task What_is_misspelt_is_found(string right, string wrong)
    {
        var text = Repository.Read(Workflow);
        Assert.Contains(right, text, StringComparison.Ordinal);
        var copy = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(copy, text.Replace(right, wrong, StringComparison.Ordinal));
            Assert.Equal(1, (await Programs.Node("workflow.mjs", copy)).ExitCode);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    [Needs("node")]
    public async Task It_runs_what_the_project_runs_itself_with_the_versions_the_project_asks_for()
    {
        var steps = (await Programs.Documents(Workflow))[0].At("jobs.tests.steps").EnumerateArray().ToList();
        Assert.Contains(steps, step => step.TryGetProperty("run", out var run) && run.GetString() == ".ci/run");
        Assert.Equal("10.0.x", Assert.Single(steps, step => step.TryGetProperty("with", out var with) && with.TryGetProperty(
            "dotnet-version", out _)).At(["with", "dotnet-version"]).GetString());
        Assert.InRange(Assert.Single(steps, step => step.TryGetProperty("with", out var with) && with.TryGetProperty(
            "node-version", out _)).At(["with", "node-version"]).GetInt32(), 20, 99);
    }

    [Needs("node")]
    public async Task Packages_are_restored_by_their_lock_files_and_looked_up_among_the_vulnerable_ones()
    {
        var runs = (await Programs.Documents(Workflow))[0].At("jobs.packages.steps").EnumerateArray()
            .Select(step => step.TryGetProperty("run", out var run) ? run.GetString()! : "").ToList();
        string[] parts = ["dotnet restore LStep.sln", "dotnet list LStep.sln package --vulnerable --include-transitive", "npm audit"];
        foreach (var part in parts)
            Assert.Contains(runs, run => run.Contains(part, StringComparison.Ordinal));
        var build = Repository.Read("Directory.Build.props");
        Assert.Contains("<RestoreLockedMode Condition=\"'$(CI)' == 'true'\">true<", build, StringComparison.Ordinal);
        Assert.Contains("<NuGetAudit Condition=\"'$(CI)' == 'true'\">true<", build, StringComparison.Ordinal);
        Assert.Contains("<TreatWarningsAsErrors>true<", build, StringComparison.Ordinal);
    }

    [Needs("node")]
    public async Task One_image_is_built_and_started_in_both_forms_and_each_of_their_silos_is_asked()
    {
        var job = (await Programs.Documents(Workflow))[0].At("jobs.image");
        Assert.Single(job.At("steps").EnumerateArray(), step => step.TryGetProperty("run", out var run)
            && run.GetString() == "docker build -t lstep .");
        var forms = job.At("strategy.matrix.include").EnumerateArray().ToList();
        var silos = forms.Select(form => form.At("silos").GetString()!.Split(' ')).ToList();
        Assert.Equal([1, 3], silos.Select(names => names.Length));
        foreach (var (form, names) in forms.Zip(silos)) Assert.Equal((await ComposeTests.Silos(form.At("files").GetString()!)).Keys, names);
    }
}

using System.Diagnostics;

namespace LStep.Deployment.Tests;

/// <summary>The image's content, made by the Dockerfile's own lines and run as the compose files run it.</summary>
public sealed class ImageTests(Image image, OwnPostgres postgres) : IClassFixture<Image>, IClassFixture<OwnPostgres>
{
    private static readonly string[] Run = [.. Dockerfile.Entrypoint, .. Dockerfile.Final.Last("CMD").Words];

    [Fact]
    public async Task It_serves_as_a_stranger_who_may_write_nowhere_passes_its_health_check_and_stops_when_told()
    {
        var port = Ports.Free();
        var address = new Uri($"http://127.0.0.1:{port}");
        var variables = Variables(port, keys: true);
        await using var silo = Container.Start(image, variables, Run);
        await silo.UntilReady(address);

        string[] healthCheck = [.. Dockerfile.HealthCheck.Select(
            word => word.Replace(Dockerfile.Variables["LSTEP_PORT"], $"{port}", StringComparison.Ordinal))];
        await using (var check = Container.Start(image, variables, healthCheck)) Assert.True(await check.Ended() == 0, check.Output);
        await using (var doctor = Container.Start(image, variables, [.. Dockerfile.Entrypoint, "doctor", $"{address}"]))
        {
            Assert.True(await doctor.Ended() == 0, doctor.Output);
            Assert.Contains("the token opens the API", doctor.Output, StringComparison.Ordinal);
        }
        using (var client = new HttpClient { BaseAddress = address })
            Assert.Contains("<script", await client.GetStringAsync("/"), StringComparison.Ordinal);

        var stopping = Stopwatch.StartNew();
        Assert.True(await silo.Stop() == 0, silo.Output);
        Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(TheStop.GraceSeconds));
        await using var afterwards = Container.Start(image, variables, healthCheck);
        Assert.NotEqual(0, await afterwards.Ended());
    }

    [Fact]
    public void It_holds_nothing_of_the_workbench() =>
        Assert.DoesNotContain(Directory.EnumerateFiles(image.App, "*", SearchOption.AllDirectories), file => file.Contains(
            "workbench", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public async Task It_migrates_by_itself_for_the_step_before_the_first_silo()
    {
        await using var migration = Container.Start(image, Variables(0, keys: false), [.. Dockerfile.Entrypoint, "migrate", "up"]);
        Assert.True(await migration.Ended() == 0, migration.Output);
    }

    [Fact]
    public async Task Without_keys_and_without_a_folder_to_make_them_in_it_says_so_in_a_sentence()
    {
        await using var silo = Container.Start(image, Variables(Ports.Free(), keys: false), Run);
        Assert.Equal(1, await silo.Ended());
        Assert.Contains(Dockerfile.Variables["LSTEP_DATA"], silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", silo.Output, StringComparison.Ordinal);
    }

    private Dictionary<string, string> Variables(int port, bool keys)
    {
        // Other ports than the image's, because a machine that runs tests may have those taken.
        var variables = new Dictionary<string, string>
        {
            ["LSTEP_POSTGRES"] = postgres.ConnectionString, ["LSTEP_PORT"] = $"{port}", ["LSTEP_SILO_PORT"] = "0",
        };
        if (!keys) return variables;
        variables["LSTEP_WRITE_KEY"] = "write-key-of-an-image-test";
        variables["LSTEP_ADMIN_TOKEN"] = "admin-token-of-an-image-test";
        return variables;
    }
}

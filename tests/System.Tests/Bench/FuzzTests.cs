using LStep.Grains.People;
using LStep.Workbench.Faults;
using LStep.Workbench.Fuzz;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Bench;

/// <summary>A short run of what `bench fuzz` does for hours.</summary>
public sealed class FuzzTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private const int Requests = 2_500;
    private const string Success = "success-token-of-the-fuzz-test", Viewer = "viewer-token-of-the-fuzz-test";

    private readonly LStepHost host = fixture.Host;

    [Fact]
    public async Task Thousands_of_hostile_requests_are_answered_without_a_fault_and_change_nothing_they_should_not()
    {
        var tokens = host.Services.GetRequiredService<Tokens>();
        await tokens.Keep(Success, Role.Success, "fuzz");
        await tokens.Keep(Viewer, Role.Viewer, "fuzz");

        var result = await new FuzzRun(host.Address, host.WriteKey, host.AdminToken, [Success, Viewer])
            .Run(seed: 4, first: 1, Requests, _ => { }, CancellationToken.None);

        Assert.Empty(result.Failures.Select(failure => $"{failure.What}: {failure.Request}"));
        Assert.Equal(Requests, result.Requests);
        // A run of refusals only would prove little.
        var taken = result.Answers.Where(answer => answer.Key.StartsWith("2xx", StringComparison.Ordinal)).Sum(answer => answer.Value);
        Assert.True(taken > Requests / 10, $"{taken}");
        var verified = await new Audit(host.ConnectionString).Verified();
        Assert.True(verified.Found == 0, verified.ToString());
    }

    [Fact]
    public async Task The_same_seed_and_number_make_the_same_request()
    {
        var api = new ApiDocument(await host.Get("/openapi/v1.json"));
        var known = new Known("key", ["token"], ["somebody"], ["cursor"], ["batch"], "lstep_session=x");

        for (var number = 1; number <= 300; number++)
            Assert.Equal(
                new RequestMaker(api, known, 7, "host").Make(number).Bytes, new RequestMaker(api, known, 7, "host").Make(number).Bytes);
    }
}

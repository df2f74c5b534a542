using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using LStep.Api;
using LStep.Grains.People;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Auth;

/// <summary>A key that asks without end is told to wait; the others and the ingest are not.</summary>
public sealed class KeyRateTests
{
    [Fact]
    public async Task A_key_and_its_sessions_have_one_share_and_others_have_theirs()
    {
        await using var host = await LStepHost.Start(with: options => options with { ApiRequestsPerSecond = 1 });
        await host.Services.GetRequiredService<Tokens>().Keep("viewer-token-of-the-rates", Role.Viewer, "Vic");
        using var viewer = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = host.Address };
        viewer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "viewer-token-of-the-rates");
        using var signedIn = await viewer.PostAsJsonAsync("/api/session", new { token = "viewer-token-of-the-rates" });
        using var page = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = host.Address };
        page.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => (n % 2 == 0 ? viewer : page).GetAsync("/api/flags")));
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.InRange(refused.Count, 40 - 2 - 30, 38);
        Assert.All(refused, answer => Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60));
        Assert.Equal(KeyRates.Code, await refused[0].Code());
        // What it may not do at all it is told first.
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.GetAsync("/api/keys")).StatusCode);

        await host.Get("/api/flags");
        await host.Post(Messages.Track("ada", "Logged In", Wall.Now));
        Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync("/health/ready")).StatusCode);
    }
}

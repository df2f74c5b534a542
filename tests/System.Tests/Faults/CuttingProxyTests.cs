using System.Net;
using LStep.Workbench.Faults;

namespace LStep.System.Tests.Faults;

public sealed class CuttingProxyTests
{
    [Fact]
    public async Task Answers_get_through_whole_until_it_cuts_and_again_when_it_no_longer_does()
    {
        await using var host = await LStepHost.Start();
        await using var proxy = CuttingProxy.To(new IPEndPoint(IPAddress.Loopback, host.Address.Port), seed: 1);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{proxy.Port}") };
        var whole = await client.GetStringAsync("/health/live");

        proxy.IsCutting = true;
        await Assert.ThrowsAnyAsync<HttpRequestException>(async () =>
        {
            while (true) Assert.Equal(whole, await client.GetStringAsync("/health/live"));
        });
        Assert.NotEqual(0, proxy.Cuts);

        proxy.IsCutting = false;
        Assert.Equal(whole, await client.GetStringAsync("/health/live"));
    }

    [Fact]
    public async Task Where_nobody_listens_the_caller_is_let_go()
    {
        await using var proxy = CuttingProxy.To(new IPEndPoint(IPAddress.Loopback, Ports.Free()), seed: 1);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{proxy.Port}") };

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("/health/live"));
    }
}

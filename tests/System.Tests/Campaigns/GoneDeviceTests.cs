using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using LStep.Campaigns.Tests.Channels.Http;
using LStep.Campaigns.Tests.Channels.Push;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Http;
using LStep.Grains.Campaigns.Channels.Push;
using static LStep.System.Tests.Campaigns.ActionLines;

namespace LStep.System.Tests.Campaigns;

public sealed class GoneDeviceTests
{
    [Fact]
    public async Task A_device_that_its_service_calls_gone_is_asked_once_and_forgotten_with_its_owner()
    {
        await using var service = await StandIn.Start(410);
        using var browser = new Browser();
        using var vapid = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var host = await Start(channels: new ChannelSettings
        {
            Vapid = new VapidOptions
            {
                PublicKey = Base64Url.EncodeToString(Browser.Point(vapid)),
                PrivateKey = Base64Url.EncodeToString(vapid.ExportParameters(true).D),
                Subject = "mailto:it@school.example", Reach = Reach.AlsoPrivate,
            },
        });
        await host.Come("ada", new { pushTokens = new[] { JsonElement.Parse(browser.Subscription(service.Url)) } });
        await host.Put("ada", "ST_002");
        await host.MoveClock(Begin.AddHours(30));

        var push = await host.Action("ada", "advanced_features_push");
        Assert.Equal("failed", push.Text("status"));
        using var replayed = await host.Client.PostAsync($"/api/actions/{push.GetProperty("id").GetInt64()}/replay", null);
        Assert.Equal(HttpStatusCode.OK, replayed.StatusCode);
        await host.MoveClock(Begin.AddHours(31));

        Assert.Equal("Every device of the customer is gone.", (await host.Action("ada", "advanced_features_push")).Text("reason"));
        Assert.Single(service.Calls);
        Assert.Equal(["1"], await host.Sql("SELECT count(*) FROM gone_devices WHERE customer_id = 'ada'"));
        using var erased = await host.Client.DeleteAsync("/api/customers/ada");
        Assert.Equal(["0"], await host.Sql("SELECT count(*) FROM gone_devices"));
    }
}

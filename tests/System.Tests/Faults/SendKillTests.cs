using LStep.Domain.Campaigning;
using LStep.Workbench.Receivers;
using LStep.Workbench.Sends;

namespace LStep.System.Tests.Faults;

/// <summary>kill -9 of real processes in the middle of a send, and a receiver outside of them.</summary>
public sealed class SendKillTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_kill_at_each_step_of_a_send_doubles_nothing_and_what_is_not_known_is_called_uncertain(bool keepsKeys)
    {
        var folder = Directory.CreateTempSubdirectory("lstep-sends-").FullName;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        var told = new List<string>();
        var options = new SendsOptions
        {
            Folder = Path.Combine(folder, "sends"), Seed = 20261126, Kills = Enum.GetValues<SendStep>().Length, KeepsKeys = keepsKeys,
            LapsesLeases = true,
        };
        try
        {
            var result = await new SendsRun(options, (at, what) => told.Add($"{at.TotalSeconds:0.0} s  {what}"))
                .Run(CancellationToken.None);

            Assert.True(result.IsSound, string.Join('\n', [.. Load.Found(result.Audit), .. told]));
            Assert.All(result.Kills, one => Assert.Equal(1, one.Kills));
            Assert.Equal(options.Kills, result.Kills.Length);
            var uncertain = result.Ended.Where(one => one.Status == ActionStatus.Uncertain).ToList();
            var (came, lost) = (uncertain.Sum(one => one.Received), uncertain.Sum(one => one.Count - one.Received));
            // Mails and alerts have no receiver who would know a key again, and which send a kill meets is chance.
            Assert.True(came + result.Recognised > 0, "the kill of a send that was on its way left no trace");
            if (keepsKeys) return;
            Assert.Equal(0, result.Recognised);
            Assert.True(came > 0, "nothing that came was uncertain");
            Assert.True(lost > 0, "nothing that did not come was uncertain");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_key_that_comes_twice_is_told()
    {
        await using var receivers = await OutsideReceivers.Start(silos: 1, CancellationToken.None);
        var settings = receivers.Settings(0);
        using var client = new HttpClient();
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(0, receivers.Audit().Found);
            using var request = new HttpRequestMessage(
                HttpMethod.Post, settings["LSTEP_WEBHOOK_URL"]) { Content = new StringContent("{}") };
            request.Headers.Add("webhook-id", "6f1f2f52-9a0c-8f6e-9d3a-2f1f2f529a0c");
            Assert.True((await client.SendAsync(request)).IsSuccessStatusCode);
        }
        Assert.Equal($"{OutsideReceivers.Doubled}: 1, such as 6f1f2f52-9a0c-8f6e-9d3a-2f1f2f529a0c, 2 times", $"{receivers.Audit()}");
    }
}

using System.Net.Http.Headers;
using LStep.Workbench.Processes;
using LStep.Workbench.Replay;

namespace LStep.System.Tests.Replay;

public sealed class InterruptedReplayTests
{
    private static readonly DateOnly From = new(2013, 9, 15);
    private static readonly DateOnly Until = new(2013, 11, 20);

    private static ReplaySource Autumn()
    {
        var source = ReplayedSmoke.Source;
        return source with
        {
            First = From, Last = Until,
            Days = () => source.Days().SkipWhile(day => day.Date < From).TakeWhile(day => day.Date <= Until),
        };
    }

    [OuladFact]
    public async Task A_silo_killed_in_the_middle_of_a_replay_comes_to_the_same_end()
    {
        await using var undisturbed = await LStepHost.Start(ReplayedSmoke.Midnight(From));
        await ReplayedSmoke.Play(undisturbed, Autumn());
        var expected = await Ledger.Of(undisturbed.Client);
        Assert.NotEmpty(expected);

        await using var silo = await SiloProcess.Start(await PostgresFixture.FreshDatabase(), ReplayedSmoke.Midnight(From));
        using var client = new LStepClient(silo.Address, SiloProcess.WriteKey, SiloProcess.AdminToken);
        var kills = new Kills(silo, [new(2013, 10, 6), new(2013, 10, 20), new(2013, 11, 8)]);
        await new ReplayPlayer(client, new ReplayLedger(client)).Play(Autumn(), kills, CancellationToken.None);
        await kills.Over;

        using var admin = new HttpClient { BaseAddress = silo.Address };
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SiloProcess.AdminToken);
        Assert.Equal(3, kills.Count);
        Assert.Equal(expected, await Ledger.Of(admin));
    }

    /// <summary>After each of the days the process is killed while the player goes on, and started again.</summary>
    private sealed class Kills(SiloProcess silo, HashSet<DateOnly> days) : IProgress<ReplayProgress>
    {
        public Task Over { get; private set; } = Task.CompletedTask;

        public int Count { get; private set; }

        public void Report(ReplayProgress value)
        {
            if (!days.Contains(value.Day)) return;
            Count++;
            Over = KillAndStart(Over);
        }

        private async Task KillAndStart(Task before)
        {
            await before;
            await silo.Kill();
            await silo.StartAgain();
        }
    }
}

using LStep.Workbench.Replay;

namespace LStep.System.Tests.Replay;

/// <summary>The 40 learners of the OULAD sample's smoke file, played through a silo once for all tests of a class.</summary>
public sealed class ReplayedSmoke : IAsyncLifetime
{
    public static ReplaySource Source => ReplaySource.Open([OuladData.At("smoke")]);

    public LStepHost Host { get; private set; } = null!;

    public ReplayProgress End { get; private set; } = null!;

    public RejectedMessage? FirstRejected { get; private set; }

    public async Task InitializeAsync()
    {
        if (OuladData.Folder is null) return;
        Host = await LStepHost.Start(Midnight(Source.First));
        (End, FirstRejected) = await Play(Host, Source);
    }

    public static async Task<(ReplayProgress End, RejectedMessage? FirstRejected)> Play(LStepHost host, ReplaySource source)
    {
        using var client = new LStepClient(host.Address, host.WriteKey, host.AdminToken);
        var player = new ReplayPlayer(client, new ReplayLedger(client));
        var end = await player.Play(source, new Progress<ReplayProgress>(), CancellationToken.None);
        return (end, player.FirstRejected);
    }

    public static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    public async Task DisposeAsync()
    {
        if (Host is not null) await Host.DisposeAsync();
    }
}

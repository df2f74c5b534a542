using System.Net;
using System.Net.Sockets;
using LStep.Grains.Cluster;

namespace LStep.Cluster.Tests.OnSilos;

public sealed class SiloPortTests
{
    [Fact]
    public async Task Of_many_who_choose_at_the_same_instant_no_two_choose_the_same()
    {
        using var gate = new Barrier(20);
        var held = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Factory.StartNew(() =>
        {
            gate.SignalAndWait();
            return SiloPort.Hold(IPAddress.Loopback, wanted: null);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Equal(20, held.Select(port => port.EndPoint.Port).Distinct().Count());
        Assert.All(held, port => Assert.InRange(port.EndPoint.Port, SiloPort.First, SiloPort.First + SiloPort.TriedMax - 1));
        foreach (var port in held) port.Dispose();
    }

    [Fact]
    public void A_port_that_was_asked_for_is_had_or_refused_and_free_again_once_it_was_given_back()
    {
        var held = SiloPort.Hold(IPAddress.Loopback, 0);
        var port = held.EndPoint.Port;

        Assert.Contains($"Port {port} is taken", Assert.Throws<IOException>(
            () => SiloPort.Hold(IPAddress.Loopback, port)).Message, StringComparison.Ordinal);
        held.Dispose();
        using var again = SiloPort.Hold(IPAddress.Loopback, port);
        Assert.Equal(port, again.EndPoint.Port);
    }

    [Fact]
    public void A_port_that_another_program_listens_on_is_passed_over()
    {
        using var usual = SiloPort.Hold(IPAddress.Loopback, wanted: null);
        var port = usual.EndPoint.Port;
        usual.Dispose();
        using var program = new TcpListener(IPAddress.Loopback, port);
        program.Start();

        using var next = SiloPort.Hold(IPAddress.Loopback, wanted: null);

        Assert.NotEqual(port, next.EndPoint.Port);
    }

    [Fact]
    public void An_address_of_another_machine_is_refused_with_what_to_do() =>
        Assert.Contains("--advertise", Assert.Throws<IOException>(
            () => SiloPort.Hold(IPAddress.Parse("192.0.2.1"), wanted: null)).Message, StringComparison.Ordinal);
}

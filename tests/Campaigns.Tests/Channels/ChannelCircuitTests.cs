using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Sink;
using MimeKit;

namespace LStep.Campaigns.Tests.Channels;

/// <summary>The circuit before a channel, with a sink whose store fails at will.</summary>
public sealed class ChannelCircuitTests
{
    private readonly ManualTime time = new();
    private readonly ChannelCircuit circuit;
    private bool broken;
    private int asked;

    public ChannelCircuitTests() => circuit = new ChannelCircuit(
        new SinkTransport(Channel.Line, new MailboxAddress("", "a@school.example"), (_, _) =>
        {
            asked++;
            return broken ? throw new IOException() : Task.CompletedTask;
        }), time);

    [Fact]
    public async Task A_channel_that_fails_is_not_asked_until_its_break_is_over_and_closes_when_it_answers()
    {
        Assert.Equal((CircuitPhase.Closed, null), (circuit.Phase, circuit.OpenFor));
        Assert.IsType<SendOutcome.Sent>(await Send());
        broken = true;
        for (var tries = 0; tries < 2; tries++) Assert.IsType<SendOutcome.NotNow>(await Send());
        Assert.Equal((CircuitPhase.Open, ChannelCircuit.BreakFirst), (circuit.Phase, circuit.OpenFor));
        Assert.NotNull(circuit.Reason);
        Assert.Null(await Send());
        Assert.Equal(3, asked);
        time.Pass(ChannelCircuit.BreakFirst);
        Assert.Equal((CircuitPhase.HalfOpen, null), (circuit.Phase, circuit.OpenFor));
        broken = false;
        Assert.IsType<SendOutcome.Sent>(await Send());
        Assert.Equal((CircuitPhase.Closed, null), (circuit.Phase, circuit.Reason));
    }

    [Fact]
    public async Task Breaks_grow_while_it_goes_on_failing_and_stay_within_their_bound()
    {
        broken = true;
        for (var tries = 0; tries < ChannelCircuit.TriesMin; tries++) await Send();
        var breaks = new List<TimeSpan>();
        for (var probes = 0; probes < 5; probes++)
        {
            breaks.Add(circuit.OpenFor!.Value);
            time.Pass(breaks[^1]);
            Assert.IsType<SendOutcome.NotNow>(await Send());
        }
        Assert.Equal(breaks.Order(), breaks);
        Assert.Equal((ChannelCircuit.BreakFirst, ChannelCircuit.BreakMax), (breaks[0], breaks[^1]));
    }

    [Fact]
    public async Task What_a_message_alone_has_to_wait_for_breaks_nothing()
    {
        var waiting = new ChannelCircuit(new Waiting(), time);
        for (var tries = 0; tries < 20; tries++)
            Assert.IsType<SendOutcome.NotNow>(await waiting.Send(Given.Message(Channel.Email), default));
        Assert.Equal(CircuitPhase.Closed, waiting.Phase);
    }

    private Task<SendOutcome?> Send() => circuit.Send(Given.Message(Channel.Line), default);

    /// <summary>A server whose every recipient's mailbox is full.</summary>
    private sealed class Waiting : IChannelTransport
    {
        public Channel Channel => Channel.Email;
        public bool IsIdempotent => false;
        public int AtOnceMax => 1;

        public Task<SendOutcome> Send(OutgoingMessage message, CancellationToken cancel) =>
            Task.FromResult<SendOutcome>(new SendOutcome.NotNow("452", OfMessageOnly: true));
    }
}

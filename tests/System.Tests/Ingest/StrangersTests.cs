using System.Net;
using System.Net.Sockets;
using System.Text;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Api.Ingest;
using LStep.Grains.People;
using LStep.Silo;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Ingest;

/// <summary>Requests without a good key in their headers, beside those that have one.</summary>
public sealed class StrangersTests
{
    private const string Login = """{"type":"track","userId":"u","event":"Login"}""";

    [Fact]
    public async Task Bodies_that_were_promised_and_never_come_take_nobodys_place()
    {
        await using var host = await LStepHost.Start();
        using var promises = new Sockets(host.Address);
        for (var n = 0; n < 300; n++) await promises.Send(Head(host, contentLength: 4 * 1024 * 1024));
        await Signals.Until(() => host.Services.GetRequiredService<Strangers>().Count == 300);

        (await new IngestClient(host.Address, host.WriteKey).Batch(Login)).Succeeded();
        (await Keyless(host)).Succeeded();
        using var stranger = new HttpClient { BaseAddress = host.Address };
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task Bodies_that_came_in_part_take_no_room_of_those_who_show_a_key_first()
    {
        await using var host = await LStepHost.Start(with: With(new IngestOptions { StrangerBodyBytesMax = 100 * 1024 }));
        using var half = new Sockets(host.Address);
        var strangers = host.Services.GetRequiredService<Strangers>();
        while (strangers.Bytes.Taken < 80 * 1024)
        {
            await half.Send(Head(host, contentLength: 1024 * 1024) + new string(' ', 8 * 1024));
            await Signals.Until(() => strangers.Bytes.Taken > 0);
        }

        for (var n = 0; n < 20; n++) (await new IngestClient(host.Address, host.WriteKey).Batch(Login)).Succeeded();
        Assert.Equal(0, host.Services.GetRequiredService<BytesInFlight>().Taken);
    }

    [Fact]
    public async Task When_every_place_of_strangers_is_taken_the_one_that_has_been_reading_longest_makes_room()
    {
        await using var host = await LStepHost.Start(with: With(new IngestOptions { StrangerRequestsMax = 4 }));
        using var slow = new Sockets(host.Address);
        for (var n = 0; n < 4; n++) await slow.Send(Head(host, contentLength: 1000));
        await Signals.Until(() => host.Services.GetRequiredService<Strangers>().Count == 4);

        // For a second nobody is given up; then an honest body, which takes milliseconds, finds a place.
        await Signals.UntilAsync(async () => (await Keyless(host)).Status == HttpStatusCode.OK);
        Assert.StartsWith("HTTP/1.1 503", await slow.Answer(0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_address_has_few_of_the_places_unless_many_share_it()
    {
        await using var host = await LStepHost.Start(with: options => options with
        {
            Ingest = new IngestOptions { StrangerRequestsPerAddressMax = 2 },
            Connections = new ConnectionLimits { IsShared = _ => false },
        });
        using var crowd = new Sockets(host.Address, IPAddress.Parse("127.0.0.2"));
        for (var n = 0; n < 3; n++) await crowd.Send(Head(host, contentLength: 1000));
        Assert.Contains("503", string.Concat(await crowd.FirstAnswer()), StringComparison.Ordinal);
        (await Keyless(host)).Succeeded();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_not_there_in_time_is_answered_with_408(bool withKey)
    {
        await using var host = await LStepHost.Start(with: With(new IngestOptions { BodySecondsMax = 1, StrangerBodySecondsMax = 1 }));
        using var slow = new Sockets(host.Address);
        await slow.Send(Head(host, contentLength: 1000, withKey) + new string(' ', 500));
        var answer = await slow.Answer(0);
        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Contains("request_timeout", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_has_taken_all_it_may_keeps_no_other_key_waiting()
    {
        await using var host = await LStepHost.Start(with: With(new IngestOptions { RequestsInFlightMax = 8 }));
        await host.Services.GetRequiredService<Tokens>().Keep(
            "another-write-key-of-the-tests", Role.Ingest, "another");
        var key = await host.Services.GetRequiredService<KeyRing>().Find(host.WriteKey, CancellationToken.None);
        var room = host.Services.GetRequiredService<KeyRooms>().Of(key!);
        room.Requests.Take(6); // three quarters of eight

        Assert.Equal("overloaded", (await new IngestClient(host.Address, host.WriteKey).Batch(Login)).Code);
        (await new IngestClient(host.Address, "another-write-key-of-the-tests").Batch(Login)).Succeeded();
        room.Requests.Give(6);
        (await new IngestClient(host.Address, host.WriteKey).Batch(Login)).Succeeded();
    }

    private static Func<SiloOptions, SiloOptions> With(IngestOptions ingest) => options => options with { Ingest = ingest };

    private static Task<IngestReply> Keyless(LStepHost host) => new IngestClient(host.Address, host.WriteKey).Post(
        "/v1/batch", $$"""{"writeKey":"{{host.WriteKey}}","batch":[{{Login}}]}""", request => request.Headers.Authorization = null);

    private static string Head(LStepHost host, int contentLength, bool withKey = false) =>
        $"POST /v1/batch HTTP/1.1\r\nHost: {host.Address.Authority}\r\nContent-Length: {contentLength}\r\n"
        + (withKey ? $"Authorization: {IngestClient.Basic(host.WriteKey)}\r\n" : "") + "\r\n";
}

/// <summary>Connections that are left open.</summary>
internal sealed class Sockets(Uri server, IPAddress? from = null) : IDisposable
{
    private readonly List<Socket> open = [];

    /// <summary>Opens another connection and sends something over it.</summary>
    public async Task Send(string text)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        open.Add(socket);
        if (from is not null) socket.Bind(new IPEndPoint(from, 0));
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(server.Host), server.Port);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return; // closed before this side saw it open: its answer is empty, like that of any that is closed
        }
        if (text.Length > 0) await socket.SendAsync(Encoding.ASCII.GetBytes(text));
    }

    /// <summary>The beginning of what one of them was answered; empty when it was closed.</summary>
    public async Task<string> Answer(int which)
    {
        var bytes = new byte[4_096];
        var (length, read) = (0, 0);
        do
        {
            read = await Read(open[which], bytes.AsMemory(length));
            length += read;
        }
        while (read > 0 && !Encoding.ASCII.GetString(bytes, 0, length).Contains('}'));
        return Encoding.ASCII.GetString(bytes, 0, length);
    }

    /// <summary>Of whichever is answered first.</summary>
    public async Task<string> FirstAnswer() => await await Task.WhenAny(Enumerable.Range(0, open.Count).Select(Answer));

    public void Dispose()
    {
        foreach (var socket in open) socket.Dispose();
    }

    private static async Task<int> Read(Socket socket, Memory<byte> into)
    {
        try
        {
            return await socket.ReceiveAsync(into);
        }
        catch (SocketException)
        {
            return 0; // closed by the server
        }
    }
}

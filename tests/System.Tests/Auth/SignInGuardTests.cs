using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using LStep.Api.Auth;
using LStep.Grains;
using LStep.Grains.People;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LStep.System.Tests.Auth;

/// <summary>Whoever guesses tokens is slowed and told of; others come in meanwhile.</summary>
public sealed class SignInGuardTests
{
    [Fact]
    public async Task An_address_that_guesses_waits_and_another_one_signs_in_meanwhile()
    {
        var lines = new Lines();
        await using var host = await LStepHost.Start(with: options => options with
        {
            Services = services => services.AddSingleton<ILoggerProvider>(lines),
        });
        var tries = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => Try(host, "127.0.0.1", $"guess-{n}-xxxxxxxxxxxxxxxxxxxxx")));

        Assert.InRange(tries.Count(one => one.Status == HttpStatusCode.Unauthorized), 1, SignInGuard.FailuresAtOnceMax + 3);
        var slowed = tries.Where(one => one.Status == HttpStatusCode.TooManyRequests).ToList();
        Assert.Equal(60, slowed.Count + tries.Count(one => one.Status == HttpStatusCode.Unauthorized));
        Assert.All(slowed, one => Assert.InRange(one.RetryAfter, 1, SignInGuard.SecondsPerFurtherTry));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Try(host, "127.0.0.1", host.AdminToken)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Try(host, "127.0.0.2", host.AdminToken)).Status);
        // Who has a key already is not concerned.
        await host.Get("/api/flags");

        Assert.Contains("A sign-in from 127.0.0.1 failed", Assert.Single(lines.Of("SignInGuard")), StringComparison.Ordinal);
        Assert.DoesNotContain("guess-", string.Join('\n', lines.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_signs_in_rightly_is_never_slowed()
    {
        await using var host = await LStepHost.Start();
        for (var n = 0; n < 3 * SignInGuard.FailuresAtOnceMax; n++)
            Assert.Equal(HttpStatusCode.OK, (await Try(host, "127.0.0.1", host.AdminToken)).Status);
    }

    [Fact]
    public void A_million_addresses_take_bounded_memory_and_neighbours_in_a_network_are_one()
    {
        var guard = new SignInGuard(Wall.Clock, NullLogger<SignInGuard>.Instance);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var n = 0; n < 1_000_000; n++)
        {
            var from = new IPAddress([10, (byte)(n >> 16), (byte)(n >> 8), (byte)n]);
            Assert.Null(guard.Enter(from));
            guard.Failed(from);
        }
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 60_000_000);

        for (var n = 0; n < SignInGuard.FailuresAtOnceMax; n++) Assert.Null(guard.Enter(IPAddress.Parse($"2001:db8:1:2::{n + 1:x}")));
        Assert.InRange(guard.Enter(IPAddress.Parse("2001:db8:1:2:ffff::1")) ?? 0, 1, SignInGuard.SecondsPerFurtherTry);
        Assert.Null(guard.Enter(IPAddress.Parse("2001:db8:1:3::1")));
    }

    [Fact]
    public void A_line_a_minute_says_how_many_were_left_out()
    {
        var clock = new SteppedClock();
        var lines = new RareLines(clock);
        Assert.Equal(0, lines.Next("a"));
        Assert.Null(lines.Next("a"));
        Assert.Null(lines.Next("a"));
        Assert.Equal(0, lines.Next("b"));
        clock.Step(TimeSpan.FromSeconds(61));
        Assert.Equal(2, lines.Next("a"));
    }

    private static async Task<(HttpStatusCode Status, int RetryAfter)> Try(LStepHost host, string from, string token)
    {
        using var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            ConnectCallback = async (context, cancel) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = host.Address };
        using var answer = await client.PostAsJsonAsync("/api/session", new { token });
        return (answer.StatusCode, (int)(answer.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0));
    }

    private sealed class SteppedClock : TimeProvider
    {
        private long now;

        public override long GetTimestamp() => now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Step(TimeSpan by) => now += by.Ticks;
    }
}

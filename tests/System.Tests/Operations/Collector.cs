using System.Collections.Concurrent;
using LStep.Domain;
using LStep.Domain.Measuring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Operations;

/// <summary>What an OTLP collector receives, by HTTP and protobuf, as far as the tests ask.</summary>
public sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Metric> metrics = new();
    private readonly ConcurrentBag<string> spans = [];
    private readonly ConcurrentQueue<byte[]> bodies = new();

    private Collector(WebApplication app) => this.app = app;

    public sealed record Metric(string Name, string Unit, string Description);

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public IReadOnlyDictionary<string, Metric> Metrics => metrics;

    public IReadOnlyCollection<string> Spans => spans;

    public static async Task<Collector> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        var collector = new Collector(builder.Build());
        collector.app.MapPost("/v1/metrics", http => collector.Receive(http, ReadMetrics(collector)));
        collector.app.MapPost("/v1/logs", http => collector.Receive(http, _ => { }));
        collector.app.MapPost("/v1/traces", http => collector.Receive(http, ReadSpans(collector)));
        await collector.app.StartAsync();
        return collector;
    }

    /// <summary>Whether a text went over the wire, in whatever place.</summary>
    public bool Received(string text)
    {
        var bytes = global::System.Text.Encoding.UTF8.GetBytes(text);
        return bodies.Any(body => body.AsSpan().IndexOf(bytes) >= 0);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task Receive(HttpContext http, Action<ReadOnlyMemory<byte>> read)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        bodies.Enqueue(body.ToArray());
        read(body.ToArray());
    }

    // ExportMetricsServiceRequest.resource_metrics = 1, .scope_metrics = 2, .metrics = 2: name = 1, description = 2, unit = 3.
    private static Action<ReadOnlyMemory<byte>> ReadMetrics(Collector collector) => request =>
    {
        foreach (var metric in Protobuf.Inside(request, 1, 2, 2))
            collector.metrics[Protobuf.Text(metric, 1)] = new Metric(
                Protobuf.Text(metric, 1), Protobuf.Text(metric, 3), Protobuf.Text(metric, 2));
    };

    // ExportTraceServiceRequest.resource_spans = 1, .scope_spans = 2, .spans = 2: name = 5.
    private static Action<ReadOnlyMemory<byte>> ReadSpans(Collector collector) => request =>
    {
        foreach (var span in Protobuf.Inside(request, 1, 2, 2)) collector.spans.Add(Protobuf.Text(span, 5));
    };
}

using LStep.Api.Auth;
using LStep.Grains;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace LStep.Silo.Export;

/// <summary>What a process tells of itself: metrics at /metrics, and metrics and traces by OTLP where that is set.</summary>
public sealed class Exports : IDisposable
{
    /// <summary>
    /// One trace in a hundred, unless OTEL_TRACES_SAMPLER says otherwise: an ingest of thousands a second is not told one by one.
    /// </summary>
    private const double SampledShare = 0.01;

    /// <summary>Of one metric; what comes beyond is counted together, as otel_metric_overflow.</summary>
    private const int SeriesMax = 200;

    /// <summary>By route, method and status.</summary>
    private const int SeriesOfRequestsMax = 1_000;

    private const string Requests = "http.server.request.duration";

    /// <summary>Whoever asks again within it gets the same answer: several that ask cost what one does.</summary>
    private const int ScrapeKeptMs = 1_000;

    private const int ScrapeBytesMax = 16_777_216;
    private const int ScrapeWaitMsMax = 10_000;
    private const int FarewellMsMax = 5_000;

    private readonly SiloGauges gauges;
    private readonly MeterProvider metrics;
    private readonly TracerProvider? traces;

    private Exports(IServiceProvider silo, string node)
    {
        gauges = new SiloGauges(silo);
        metrics = Metrics(node);
        traces = Otlp.IsAskedFor(Otlp.Traces) ? Traces(node) : null;
    }

    public static Exports Start(IServiceProvider silo, string node) => new(silo, node);

    /// <summary>Of this process: an installation is asked silo by silo.</summary>
    public void Map(IEndpointRouteBuilder app) =>
        app.MapPrometheusScrapingEndpoint("/metrics", metrics, null, null)
            .RequireAuthorization(Policies.Viewer).WithMetadata(new HttpMethodMetadata([HttpMethods.Get])).ExcludeFromDescription();

    /// <summary>Sends what has gathered; does not wait long for a receiver that is away.</summary>
    public void Dispose()
    {
        metrics.Shutdown(FarewellMsMax);
        traces?.Shutdown(FarewellMsMax);
        metrics.Dispose();
        traces?.Dispose();
        gauges.Dispose();
    }

    private static MeterProvider Metrics(string node)
    {
        var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Otlp.ResourceOf(node))
            .AddMeter(Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql",
                "Microsoft.Orleans")
            .AddView(instrument => new MetricStreamConfiguration
            {
                CardinalityLimit = instrument.Name == Requests ? SeriesOfRequestsMax : SeriesMax,
            })
            .AddPrometheusExporter(prometheus =>
            {
                prometheus.ScrapeResponseCacheDurationMilliseconds = ScrapeKeptMs;
                prometheus.MaxScrapeResponseSizeBytes = ScrapeBytesMax;
                prometheus.ScrapeResponseTimeoutMilliseconds = ScrapeWaitMsMax;
            });
        return (Otlp.IsAskedFor(Otlp.Metrics) ? metrics.AddOtlpExporter() : metrics).Build();
    }

    private static TracerProvider Traces(string node)
    {
        var traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Otlp.ResourceOf(node))
            .AddSource(Telemetry.Name, "Microsoft.AspNetCore", "Npgsql", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application")
            .AddProcessor(new SpanTagFilter());
        if (Otlp.Variable("OTEL_TRACES_SAMPLER") is null)
            traces.SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(SampledShare)));
        return traces.AddOtlpExporter().Build();
    }
}

using LStep.Grains;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LStep.Silo.Export;

/// <summary>
/// Metrics and traces by OTLP, by the standard variables: without an endpoint nothing is started and nothing is measured. The exporter
/// itself reads OTEL_EXPORTER_OTLP_* and the SDK OTEL_RESOURCE_ATTRIBUTES, OTEL_SERVICE_NAME, OTEL_METRIC_EXPORT_INTERVAL and OTEL_BSP_*.
/// </summary>
public sealed class Otlp : IDisposable
{
    /// <summary>
    /// One trace in a hundred, unless OTEL_TRACES_SAMPLER says otherwise: an ingest of thousands a second is not told one by one.
    /// </summary>
    private const double SampledShare = 0.01;

    private const int FarewellMsMax = 5_000;

    private readonly SiloGauges? gauges;
    private readonly MeterProvider? metrics;
    private readonly TracerProvider? traces;

    private Otlp(IServiceProvider silo, string node)
    {
        var resource = ResourceBuilder.CreateEmpty()
            .AddService("lstep", serviceVersion: NodeBeat.Version, serviceInstanceId: node)
            .AddTelemetrySdk().AddEnvironmentVariableDetector();
        if (IsAskedFor("METRICS"))
        {
            gauges = new SiloGauges(silo);
            metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
                .AddMeter(Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql",
                    "Microsoft.Orleans")
                .AddOtlpExporter().Build();
        }
        if (!IsAskedFor("TRACES")) return;
        var tracing = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource(Telemetry.Name, "Microsoft.AspNetCore", "Npgsql", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application")
            .AddProcessor(new SpanTagFilter());
        if (Variable("OTEL_TRACES_SAMPLER") is null) tracing.SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(SampledShare)));
        traces = tracing.AddOtlpExporter().Build();
    }

    /// <summary>Null where nobody asked for it.</summary>
    public static Otlp? Start(IServiceProvider silo, string node) =>
        IsAskedFor("METRICS") || IsAskedFor("TRACES") ? new Otlp(silo, node) : null;

    /// <summary>Sends what has gathered; does not wait long for a receiver that is away.</summary>
    public void Dispose()
    {
        metrics?.Shutdown(FarewellMsMax);
        traces?.Shutdown(FarewellMsMax);
        metrics?.Dispose();
        traces?.Dispose();
        gauges?.Dispose();
    }

    private static bool IsAskedFor(string signal) =>
        (Variable("OTEL_EXPORTER_OTLP_ENDPOINT") ?? Variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")) is not null
        && Variable($"OTEL_{signal}_EXPORTER") != "none" && Variable("OTEL_SDK_DISABLED") != "true";

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

using LStep.Grains;
using OpenTelemetry.Resources;

namespace LStep.Silo.Export;

/// <summary>
/// Which signals leave by OTLP: the standard variables say it, and without an endpoint none does. The exporter itself reads
/// OTEL_EXPORTER_OTLP_* and the SDK OTEL_RESOURCE_ATTRIBUTES, OTEL_SERVICE_NAME, OTEL_METRIC_EXPORT_INTERVAL, OTEL_BSP_* and OTEL_BLRP_*.
/// </summary>
internal static class Otlp
{
    public const string Metrics = "METRICS";
    public const string Traces = "TRACES";
    public const string Logs = "LOGS";

    public static bool IsAskedFor(string signal) =>
        (Variable("OTEL_EXPORTER_OTLP_ENDPOINT") ?? Variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")) is not null
        && Variable($"OTEL_{signal}_EXPORTER") != "none" && Variable("OTEL_SDK_DISABLED") != "true";

    /// <summary>What everything that is told is of.</summary>
    /// <param name="node">Host and port.</param>
    public static ResourceBuilder ResourceOf(string node) => ResourceBuilder.CreateEmpty()
        .AddService("lstep", serviceVersion: NodeBeat.Version, serviceInstanceId: node)
        .AddTelemetrySdk().AddEnvironmentVariableDetector();

    public static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

using System.Collections;
using LStep.Silo.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace LStep.Silo.Export;

/// <summary>The lines of the log by OTLP, beside standard output: a store of errors takes those of their severity.</summary>
internal static class OtlpLogs
{
    private const string Standard = "OTEL_";

    public static void AddOtlp(this WebApplicationBuilder builder, string node)
    {
        if (!Otlp.IsAskedFor(Otlp.Logs)) return;
        // The exporter of a host's log reads them from the host's configuration, which is empty on purpose.
        builder.Configuration.AddInMemoryCollection(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(one => one.Key is string name && name.StartsWith(Standard, StringComparison.Ordinal))
            .Select(one => new KeyValuePair<string, string?>((string)one.Key, one.Value as string)));
        builder.Logging.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.SetResourceBuilder(Otlp.ResourceOf(node)).AddProcessor(new AsPrinted()).AddOtlpExporter();
        });
    }

    /// <summary>
    /// A record leaves with what its line says and no more: the values that were put into it are taken out, and of an exception what is
    /// printed of it.
    /// </summary>
    private sealed class AsPrinted : BaseProcessor<LogRecord>
    {
        public override void OnEnd(LogRecord data)
        {
            data.FormattedMessage = LineFormatter.WithoutCustomers(data.FormattedMessage ?? "");
            data.Attributes = data.Exception is not { } exception ? null :
            [
                new KeyValuePair<string, object?>("exception.type", exception.GetType().FullName),
                new KeyValuePair<string, object?>("exception.stacktrace", LineFormatter.Told(exception)),
            ];
            data.Exception = null;
        }
    }
}

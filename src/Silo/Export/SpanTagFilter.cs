using OpenTelemetry;
using Span = System.Diagnostics.Activity;

namespace LStep.Silo.Export;

/// <summary>
/// Takes from a span, before it leaves the process, everything that is not on the list: addresses hold the ids of customers, statements
/// and connections more than a collector needs to know.
/// </summary>
internal sealed class SpanTagFilter : BaseProcessor<Span>
{
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "http.request.method", "http.route", "http.response.status_code", "network.protocol.version", "url.scheme", "error.type",
        "db.system", "db.system.name", "db.response.status_code", "lstep.steps",
        "rpc.system", "rpc.service", "rpc.method",
    };

    public override void OnEnd(Span data)
    {
        List<string>? others = null;
        foreach (var (name, _) in data.EnumerateTagObjects())
            if (!Harmless.Contains(name)) (others ??= []).Add(name);
        foreach (var name in others ?? []) data.SetTag(name, null);
        // An exception's words may repeat what somebody sent.
        if (data.Status == System.Diagnostics.ActivityStatusCode.Error) data.SetStatus(System.Diagnostics.ActivityStatusCode.Error);
    }
}

using System.Diagnostics.Metrics;
using LStep.Api.Hub;
using LStep.Api.Ingest;
using LStep.Grains;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Database;
using LStep.Grains.Feeds;

namespace LStep.Silo.Export;

/// <summary>How full things are and how far behind, read when it is exported.</summary>
internal sealed class SiloGauges : IDisposable
{
    private readonly Meter meter = new(Telemetry.Name);
    private readonly LagSampler lags;

    public SiloGauges(IServiceProvider silo)
    {
        var (requests, events, bytes) = (
            silo.GetRequiredService<RequestsInFlight>(), silo.GetRequiredService<EventsInFlight>(),
            silo.GetRequiredService<BytesInFlight>());
        var (journal, feed, clients) = (
            silo.GetRequiredService<Journal>(), silo.GetRequiredService<LedgerFeed>(), silo.GetRequiredService<HubClients>());
        lags = new LagSampler(silo.GetRequiredService<PostgresDatabase>(), silo.GetRequiredService<TimeProvider>());

        meter.CreateObservableUpDownCounter(
            "lstep.ingest.requests_in_flight", () => requests.Taken, "{request}", "Requests of the ingest that are being read or recorded");
        meter.CreateObservableUpDownCounter(
            "lstep.ingest.events_in_flight", () => events.Taken, "{event}", "Events that were read and are not yet in the log");
        meter.CreateObservableUpDownCounter("lstep.ingest.bytes_in_flight", () => bytes.Taken, "By", "Memory of request bodies");
        meter.CreateObservableUpDownCounter("lstep.journal.queue", () => journal.Queued, "{step}", "Steps that wait to be committed");
        meter.CreateObservableUpDownCounter("lstep.hub.clients", () => clients.Count, "{client}", "Connections of the live hub");
        meter.CreateObservableGauge(
            "lstep.feed.lag", () => feed.Lag.TotalSeconds, "s", "Since when the live feed has not stood at the ledger's end");
        meter.CreateObservableGauge(
            "lstep.ledger.position", () => feed.Transitions.IsCompletedSuccessfully ? feed.Transitions.Result.End : 0,
            "{transition}", "The last ledger id the live feed has read");
        Sampled("lstep.due.lag", "s", "How long the earliest check that is due has waited", figures => figures.Due);
        Sampled("lstep.daily_rows.lag", "s", "Age of the earliest log entry that the daily rows lack", figures => figures.Daily);
        Sampled("lstep.actions.lag", "s", "How long the earliest action that is due has waited to be sent", figures => figures.Actions);
        Sampled("lstep.reviews.open", "{review}", "Reviews that wait for a person", figures => figures.OpenReviews);
    }

    public void Dispose()
    {
        meter.Dispose();
        lags.Dispose();
    }

    /// <summary>Of the whole installation; without a value while the database does not answer.</summary>
    private void Sampled(string name, string unit, string description, Func<LagSampler.Figures, double> of) =>
        meter.CreateObservableGauge(
            name, () => lags.Latest is { } figures ? [new Measurement<double>(of(figures))] : Array.Empty<Measurement<double>>(),
            unit, description + "; of the whole installation");
}

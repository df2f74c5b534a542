using LStep.Api.Http;
using LStep.Api.Hub;
using LStep.Api.Ingest;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Feeds;
using LStep.Grains.Operations;

namespace LStep.Silo;

/// <summary>Looks at the bounded queues of this process, its live feed and what it took of the ingest.</summary>
public sealed class NodeLoads(
    Throughput throughput, RequestsInFlight requests, EventsInFlight events, BytesInFlight bytes, CustomerStore customers, Journal journal,
    HubClients hub, ConnectionLimits connections, LedgerFeed feed, Residents residents)
{
    public NodeLoad Look()
    {
        QueueDepth[] queues =
        [
            new("ingest_requests", requests.Taken, requests.Max), new("ingest_events", events.Taken, events.Max),
            new("ingest_bytes", bytes.Taken, bytes.Max), new("customer_loads", customers.Queued, CustomerLimits.LoadsQueuedMax),
            new("journal", journal.Queued, journal.QueuedMax), new("hub_clients", hub.Count, connections.ConnectionsMax),
        ];
        var lag = feed.Lag.TotalSeconds;
        throughput.Looked(queues.Max(queue => queue.Percent), (int)lag);
        return new NodeLoad(Math.Round(lag, 1), residents.Count, Environment.WorkingSet, queues, throughput.Minutes());
    }
}

namespace LStep.Grains.Campaigns.Channels.Sink;

/// <summary>The last messages of a sink, in memory: gone with the process.</summary>
public sealed class SinkMailbox(int messagesMax = SinkMailbox.MessagesMaxDefault)
{
    public const int MessagesMaxDefault = 500;

    public const int BytesMax = 64 * 1024 * 1024;

    private readonly LinkedList<SinkMessage> kept = [];
    private readonly Lock gate = new();
    private long bytes;

    /// <summary>The newest first.</summary>
    public IReadOnlyList<SinkMessage> Messages
    {
        get
        {
            lock (gate) return [.. kept];
        }
    }

    public Task Keep(SinkMessage message, CancellationToken cancel)
    {
        lock (gate)
        {
            for (var node = kept.First; node is not null; node = node.Next)
                if (node.Value.Key == message.Key)
                {
                    Remove(node);
                    break;
                }
            kept.AddFirst(message);
            bytes += Size(message);
            while (kept.Count > messagesMax || (bytes > BytesMax && kept.Count > 1)) Remove(kept.Last!);
        }
        return Task.CompletedTask;
    }

    private void Remove(LinkedListNode<SinkMessage> node)
    {
        bytes -= Size(node.Value);
        kept.Remove(node);
    }

    private static long Size(SinkMessage message) =>
        (message.Mime?.Length ?? 0) + 2L * (message.Text.Length + (message.Html?.Length ?? 0) + message.Subject.Length);
}

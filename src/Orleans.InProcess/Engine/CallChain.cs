namespace Orleans.InProcess;

/// <summary>Says who waits for whom, for the message of a timeout.</summary>
internal static class CallChain
{
    /// <param name="calls">All calls that run or wait anywhere.</param>
    public static string Describe(Call call, Mailbox target, ILookup<Mailbox?, (Call Call, Mailbox Target)> callsBySender)
    {
        var links = new LinkedList<string>();
        var seen = new HashSet<Mailbox> { target };
        links.AddLast($"{target.Grain} ({call.Method.Name})");

        // Up: whoever sent it is itself running a call, sent by another.
        for (var sender = call.Sender; ; sender = sender.Blocking?.Sender)
        {
            links.AddFirst(sender?.Grain.ToString() ?? "a caller outside of grains");
            if (sender is null || !seen.Add(sender)) break;
        }

        // Down: the target may be waiting for an answer too.
        for (var at = target; callsBySender[at].FirstOrDefault() is { Target: { } next } sent; at = next)
        {
            links.AddLast($"{next.Grain} ({sent.Call.Method.Name})");
            if (!seen.Add(next))
            {
                links.AddLast("which is in this chain already: a cycle of calls waits for itself");
                break;
            }
        }
        return string.Join(" → ", links);
    }
}

using System.Buffers;

namespace LStep.Workbench.Replay;

/// <summary>Cuts messages into requests. What one sender says stays in one request, in its order.</summary>
public static class Requests
{
    public const int MessagesPerRequest = 500;
    public const int MessagesPerRequestMax = 2_500;
    public const int BytesPerRequestMax = 3 * 1024 * 1024;

    /// <summary>
    /// Lanes that may be posted at the same time; the requests of one lane follow each other. A lane has more than one only
    /// where a single sender has more to say than a request may hold.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<(ReadOnlyMemory<byte> Body, int Messages)>> Lanes(IEnumerable<SegmentMessage> messages)
    {
        var lanes = new List<IReadOnlyList<(ReadOnlyMemory<byte>, int)>>();
        var request = new List<SegmentMessage>();
        var bytes = 0;
        foreach (var sender in messages.GroupBy(message => message.Sender, StringComparer.Ordinal))
        {
            var said = sender.ToList();
            var size = said.Sum(message => message.Json.Length + 1);
            if (request.Count > 0 && (request.Count + said.Count > MessagesPerRequest || bytes + size > BytesPerRequestMax)) Close();
            if (said.Count > MessagesPerRequestMax || size > BytesPerRequestMax)
            {
                lanes.Add([.. Cut(said).Select(Body)]);
                continue;
            }
            request.AddRange(said);
            bytes += size;
        }
        if (request.Count > 0) Close();
        return lanes;

        void Close()
        {
            lanes.Add([Body(request)]);
            request.Clear();
            bytes = 0;
        }
    }

    private static IEnumerable<List<SegmentMessage>> Cut(List<SegmentMessage> messages)
    {
        var part = new List<SegmentMessage>();
        var bytes = 0;
        foreach (var message in messages)
        {
            if (part.Count == MessagesPerRequestMax || (part.Count > 0 && bytes + message.Json.Length > BytesPerRequestMax))
            {
                yield return part;
                (part, bytes) = ([], 0);
            }
            part.Add(message);
            bytes += message.Json.Length + 1;
        }
        yield return part;
    }

    private static (ReadOnlyMemory<byte> Body, int Messages) Body(List<SegmentMessage> messages)
    {
        var buffer = new ArrayBufferWriter<byte>(messages.Sum(message => message.Json.Length + 1) + 16);
        buffer.Write("{\"batch\":["u8);
        for (var i = 0; i < messages.Count; i++)
        {
            if (i > 0) buffer.Write(","u8);
            buffer.Write(messages[i].Json.Span);
        }
        buffer.Write("]}"u8);
        return (buffer.WrittenMemory, messages.Count);
    }
}

using System.Text;

namespace LStep.System.Tests.Operations;

/// <summary>As much of protobuf's wire format as finding nested texts takes.</summary>
internal static class Protobuf
{
    /// <summary>Messages at a path of field numbers.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Inside(ReadOnlyMemory<byte> message, params int[] path) =>
        path.Aggregate((IEnumerable<ReadOnlyMemory<byte>>)[message], (messages, field) => messages.SelectMany(
            one => Fields(one).Where(f => f.Number == field).Select(f => f.Value)));

    public static string Text(ReadOnlyMemory<byte> message, int field) =>
        Encoding.UTF8.GetString(Fields(message).FirstOrDefault(f => f.Number == field).Value.Span);

    /// <summary>Its fields that have a length; the others are passed over.</summary>
    private static IEnumerable<(int Number, ReadOnlyMemory<byte> Value)> Fields(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0: Varint(message, ref at); break;
                case 1: at += 8; break;
                case 5: at += 4; break;
                default:
                    var length = (int)Varint(message, ref at);
                    yield return ((int)(tag >> 3), message.Slice(at, length));
                    at += length;
                    break;
            }
        }
    }

    private static ulong Varint(ReadOnlyMemory<byte> message, ref int at)
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var next = message.Span[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
            shift += 7;
        }
    }
}

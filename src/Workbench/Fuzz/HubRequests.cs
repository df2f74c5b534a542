using System.Buffers.Binary;
using System.Text;
using LStep.Workbench.Demo;

namespace LStep.Workbench.Fuzz;

/// <summary>
/// The hub is no operation of the API's document: its handshake, its messages and its other transports, with things wrong.
/// </summary>
internal static class HubRequests
{
    private const string Path = "/hubs/lifecycle";
    private const char End = '\u001e';

    private static readonly string[] Messages =
    [
        "{\"protocol\":\"json\",\"version\":1}", "{\"protocol\":\"json\",\"version\":99}", "{\"protocol\":\"messagepack\",\"version\":1}",
        "{}", "null", "[", "",
        "{\"type\":1,\"target\":\"Subscribe\",\"arguments\":[null],\"invocationId\":\"1\"}", "{\"type\":6}", "{\"type\":7}",
        "{\"type\":99}",
        "{\"type\":1,\"target\":\"Subscribe\",\"arguments\":[],\"invocationId\":\"2\"}",
        "{\"type\":1,\"target\":\"Subscribe\",\"arguments\":[{\"after\":@,\"tags\":@}],\"invocationId\":\"3\"}",
        "{\"type\":1,\"target\":\"Subscribe\",\"arguments\":[@],\"invocationId\":\"4\"}",
        "{\"type\":1,\"target\":\"subscribe\",\"arguments\":[{},@,@]}", "{\"type\":1,\"target\":@,\"arguments\":[]}", "{\"type\":@}",
        "{\"type\":1,\"target\":\"OnConnectedAsync\",\"arguments\":[],\"invocationId\":\"5\"}",
        "{\"type\":4,\"target\":\"Subscribe\",\"arguments\":[{}]}",
        "{\"type\":2,\"invocationId\":@,\"item\":@}", "{\"type\":3,\"invocationId\":\"1\",\"result\":@}", "{\"type\":5,\"invocationId\":@}",
    ];

    public static FuzzRequest Make(Known known, Chance chance, long number, string host)
    {
        var token = chance.Happens(0.8) ? known.Tokens[0] : chance.Of(known.Tokens);
        var draft = new Draft { Method = "POST", Segments = ["hubs", "lifecycle"] };
        if (chance.Happens(0.9)) draft.Headers.Add(("Authorization", "Bearer " + token));
        if (chance.Happens(0.3)) draft.Headers.Add(chance.Of(Hostile.Headers));
        switch (chance.Between(0, 3))
        {
            case 0:
                draft.Segments.Add("negotiate");
                draft.Query.Add(("negotiateVersion", chance.Of((string[])["0", "1", "2", "-1", "x", "99999999999", "%00"])));
                if (chance.Happens(0.4)) draft.Body = Encoding.UTF8.GetBytes(chance.Of(Hostile.Json));
                return draft.Request(number, host);
            case 1:
                draft.Query.Add(("id", Uri.EscapeDataString(chance.Of(Hostile.Texts))));
                draft.Body = Encoding.UTF8.GetBytes(Message(chance) + End);
                return draft.Request(number, host);
            case 2:
                draft.Method = chance.Of((string[])["GET", "DELETE", "PUT"]);
                draft.Headers.Add(("Accept", chance.Of((string[])["text/event-stream", "*/*"])));
                if (chance.Happens(0.5)) draft.Query.Add(("id", Uri.EscapeDataString(chance.Of(Hostile.Texts))));
                // What opens a stream does not end by itself.
                return draft.Request(number, host) with { IsWhole = false };
            default:
                return new FuzzRequest(number, [.. Encoding.UTF8.GetBytes(Upgrade(host, token, chance)), .. Frames(chance)],
                IsWhole: false);
        }
    }

    private static string Upgrade(string host, string token, Chance chance) =>
        $"GET {Path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + $"Sec-WebSocket-Version: {(chance.Happens(0.9) ? "13" : "0")}\r\n"
        + $"Sec-WebSocket-Key: {(chance.Happens(0.9) ? "dGhlIHNhbXBsZSBub25jZQ==" : "x")}\r\n\r\n";

    /// <summary>A handshake, mostly, and then what no client would say.</summary>
    private static byte[] Frames(Chance chance)
    {
        var bytes = new MemoryStream();
        if (chance.Happens(0.8)) bytes.Write(Frame(0x81, Encoding.UTF8.GetBytes(Messages[0] + End)));
        for (var n = chance.Between(1, 4); n > 0; n--)
            bytes.Write(chance.Between(0, 5) switch
            {
                0 => Frame((byte)chance.Between(0, 255), Encoding.UTF8.GetBytes(Message(chance))),
                1 => Frame(0x81, [0xff, 0xfe, 0xc0, 0xaf]),
                2 => Encoding.UTF8.GetBytes(Message(chance)),
                3 => Frame(0x81, Encoding.UTF8.GetBytes(new string('x', 40_000) + End)),
                _ => Frame(0x81, Encoding.UTF8.GetBytes(Message(chance) + End)),
            });
        return bytes.ToArray();
    }

    private static string Message(Chance chance) =>
        string.Concat(chance.Of(Messages).Split('@').Index()
            .Select(part => part.Index == 0 ? part.Item : chance.Of(Hostile.Json) + part.Item));

    /// <summary>Masked with nothing, as a client's frame has to be masked.</summary>
    private static byte[] Frame(byte first, byte[] payload)
    {
        if (payload.Length < 126) return [first, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload];
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(length, (ulong)payload.Length);
        return [first, 0xff, .. length, 0, 0, 0, 0, .. payload];
    }
}

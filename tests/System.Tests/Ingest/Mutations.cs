using System.Text;

namespace LStep.System.Tests.Ingest;

/// <summary>Valid batches with something broken in them; the same ones for the same seed.</summary>
internal sealed class Mutations(int seed)
{
    private const string Valid = """
        {"writeKey":"k","sentAt":"2026-03-10T11:59:59.000Z","batch":[
        {"type":"track","userId":"u1","messageId":"m1","event":"Quiz Completed","timestamp":"2026-03-10T11:00:00Z","properties":{"score":75,"final":true,"title":"\u00fc\ud83c\udfc6"}},
        {"type":"identify","userId":"u1","anonymousId":"a1","messageId":"m2","traits":{"email":"a@example.org","plan":"Pro","createdAt":1767225600}},
        {"type":"page","anonymousId":"a1","messageId":"m3","name":"Home","properties":{"count":3,"device":"mobile"},"context":{"userAgent":"Mozilla/5.0","os":{"name":"iOS"}}},
        {"type":"alias","userId":"u1","previousId":"a1","messageId":"m4"}]}
        """;

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e400", "-1e-400", "99999999999999999999999999999", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "[]", "{}",
        "[[[[]]]]", "\"9999-12-31T23:59:59.999Z\"", "\"0000-00-00\"", "\"" + "x" + "\"", "{\"type\":\"a\"}", "\"1e5\"", "1.5",
    ];

#pragma warning disable RS0030 // Chance with a seed that the failure names.
    private readonly Random random = new(seed);
#pragma warning restore RS0030

    public byte[] Next()
    {
        var text = new StringBuilder(Valid);
        for (var change = random.Next(1, 4); change > 0; change--) Change(text);
        var body = Encoding.UTF8.GetBytes(text.ToString());
        // Now and then a byte that is no text at all.
        if (random.Next(20) == 0) body[random.Next(body.Length)] = (byte)random.Next(256);
        return body;
    }

    private void Change(StringBuilder text)
    {
        var at = random.Next(text.Length);
        switch (random.Next(7))
        {
            case 0: text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at)); break;
            case 1: text.Insert(at, (char)random.Next(0x20, 0x7f)); break;
            case 2: text[at] = (char)random.Next(0x20, 0x7f); break;
            case 3: text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 80), text.Length - at))); break;
            default: ReplaceValue(text, at); break;
        }
    }

    /// <summary>Keeps the JSON whole: the scalar behind a colon becomes another value.</summary>
    private void ReplaceValue(StringBuilder text, int from)
    {
        var json = text.ToString();
        var colon = json.IndexOf("\":", from, StringComparison.Ordinal);
        if (colon < 0 || json[colon + 2] is '{' or '[') return;
        var end = json.IndexOfAny([',', '}'], colon);
        if (end < 0) return;
        text.Remove(colon + 2, end - colon - 2).Insert(colon + 2, Values[random.Next(Values.Length)]);
    }
}

using System.IO.Compression;

namespace LStep.Workbench.Fuzz;

/// <summary>Values that programs stumble over, by the place they are put in.</summary>
internal static class Hostile
{
    private const int BombBytes = 48 * 1024 * 1024;

    public static string[] Texts { get; } =
    [
        "", " ", "\t", "\0", "a\0b", "\u0001\u001b[2J\u007f", "\u0085\u2028\ufeff", "\ufffe\uffff", ".", "..", "../../etc/passwd", "a/b",
        "a\\b",
        "%00", "%2e", "%", "null", "undefined", "[object Object]", "NaN", "true", "0", "-1", "00000000-0000-0000-0000-000000000000",
        "' OR 1=1 --", "\"; DROP TABLE customers;", "{{7*7}}", "${jndi:ldap://x}", "<script>alert(1)</script>", "%s%n%d",
        "日本語 🌱", "\U0001F469\u200D\U0001F4BB", "e\u0301" + new string('\u0301', 300), "\u202Eevil", "ÄRGER", "İı", "ß",
        new('x', 129), new('x', 1_025), new('é', 20_000), new(' ', 5_000), "ST_001", "ST_009", "st_001", "Enterprise",
        "0000-00-00", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.9999999Z",
        "9999-12-31T23:59:59-14:00", "+275760-09-13T00:00:00Z", "-000001-01-01", "2026-02-30", "2026-01-01T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "20260101", "2026-W01-4", "1767225600", "1767225600000", "99999999999999999999", "1e400", "-0", "0x10", "1_000", "１２", "infinity",
    ];

    /// <summary>Written into JSON as they are; some of them are none.</summary>
    public static string[] Json { get; } =
    [
        "null", "true", "false", "0", "-0", "-0.0", "-1", "1", "0.5", "100.0009", "1e2", "1e308", "1e400", "-1e400", "1e-400", "2147483648",
        "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551616", "79228162514264337593543950336",
        "0.1e1000000000", new('9', 400), "0." + new string('3', 400), "[]", "{}", "[null]", "[[]]", "{\"\":{}}", "\"\"", "\" \"",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud83c\\udf31\"", "\"ST_009\"",
        "\"9999-12-31T23:59:59-14:00\"",
        "\"0001-01-01T00:00:00+14:00\"", "\"0000-00-00\"", "253402300800", "253402300800000", "-62135596801", "NaN", "Infinity", "'single'",
        "undefined", "01", "1.", ".5", "+1", "\"unclosed", "\"\\x\"", "\"tab\there\"", "/*comment*/1", "1,", "[1,]", "{\"a\":1,}",
        Nested("[", "]", 63), Nested("[", "]", 65), Nested("{\"a\":", "}", 40, "1"), Nested("[", "]", 3_000), Nested("{\"a\":", "}",
        3_000, "1"),
        "\"" + new string('x', 40_000) + "\"", "[" + string.Join(',', Enumerable.Repeat("1", 5_000)) + "]",
        "{" + string.Join(',', Enumerable.Range(0, 400).Select(n => $"\"k{n}\":null")) + "}",
    ];

    public static string[] Methods { get; } =
        ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "HEAD", "GET", "POST", "get", "FOO", "PROPFIND", new('M', 300)];

    public static string[] ContentTypes { get; } =
    [
        "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml",
        "application/json; charset=utf-7",
        "application/json; charset=utf-16", "application/json; charset=\"utf-8\"", "application/json; charset=nonsense",
        "application/json; charset=", "application/json;;;", "application/problem+json", "json", "a/b/c", "*/*",
        "application/json, text/plain",
        "application/json; charset=iso-8859-1", "application/json; charset=\u0001", "\u00e9/\u00e9",
    ];

    /// <summary>A name and a value, as some client or attacker sends them.</summary>
    public static (string Name, string Value)[] Headers { get; } =
    [
        ("Origin", "null"), ("Origin", "http://a\u0001b"), ("Origin", "http://é"), ("Origin", "\u007f"), ("Origin", "http://[::1"),
        ("Origin", new('o', 4_000)), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Method", "\u0002"),
        ("Access-Control-Request-Headers", "x-a, x-b"), ("Access-Control-Request-Headers", "a\u0003,b\u007f"),
        ("Access-Control-Request-Headers", "日本"), ("Authorization", "Basic"), ("Authorization", "Basic !!!"),
        ("Authorization", "Basic /////w=="),
        ("Authorization", "Basic AAAA"), ("Authorization", "Basic " + new string('A', 6_000)), ("Authorization", "Bearer"),
        ("Authorization", "Bearer \u0001"), ("Authorization", "Bearer é日"), ("Authorization", "Digest x=y"), ("Cookie", "lstep_session="),
        ("Cookie", "lstep_session=\u0001;;;=;"), ("Cookie", "=;=;a=b"), ("Cookie", "lstep_session=é; lstep_session=x"),
        ("X-LStep-CSRF", "\u0001"), ("Accept", "text/event-stream"), ("Accept", "\u0001"), ("Accept-Encoding", "br;q=9, gzip;q=x, *;q=0"),
        ("Accept-Encoding", "\u0001"), ("If-None-Match", "*"), ("If-None-Match", "\"a\", W/\"b\",,"), ("If-None-Match", "nonsense\u0001"),
        ("If-Modified-Since", "yesterday"), ("If-Match", "\"x\""), ("Range", "bytes=0-"), ("Range", "bytes=99999999999999999999-"),
        ("Expect", "100-continue"), ("Expect", "nonsense"), ("TE", "trailers, deflate;q=0.5"), ("Upgrade", "websocket"), ("Upgrade", "h2c"),
        ("Connection", "Upgrade, HTTP2-Settings"), ("Connection", "close, keep-alive"), ("Host", ""), ("Host", "a b"),
        ("Host", "evil.example:99999999"),
        ("Host", "[::1"), ("Host", "é"), ("Host", "x@y"), ("X-Forwarded-For", "1.2.3.4, 999.1.1.1, [::1"),
        ("X-Forwarded-Proto", "https, http"),
        ("X-Forwarded-Proto", "javascript"), ("X-Forwarded-Host", "evil"), ("X-Http-Method-Override", "DELETE"),
        ("Content-Encoding", "gzip, gzip"),
        ("Content-Encoding", "\u0001"), ("Content-Encoding", "zstd"), ("traceparent", "00-zz-zz-zz"), ("tracestate", "\u0001"),
        ("baggage", "a=\u0001"),
        ("Content-Length", "-1"), ("Content-Length", "99999999999999999999"), ("Content-Length", "1e3"), ("Content-Length", ""),
        ("Transfer-Encoding", "gzip"), ("Transfer-Encoding", "chunked, chunked"), ("Transfer-Encoding", "\u0001"),
        ("Sec-WebSocket-Key", "x"),
        ("Forwarded", "for=unknown;proto=https"), ("X-Big", new('b', 9_000)), ("X-Bigger", new('b', 40_000)), ("X-Latin", "\u00ff\u00fe"),
        ("Bad Name", "x"), ("X-Fold", "a\r\n b"), ("", "empty name"), ("X\u0001", "y"), ("Content-Type", "application/json"),
        ("Content-Type", "text/plain"),
    ];

    /// <summary>Written into a path as they are.</summary>
    public static string[] Segments { get; } =
    [
        "%2E", "%2e%2E", ".", "..", "%20", "%09", "%00", "%2F", "%252F", "%5C", "%", "%zz", "%u0041", "%FF%FE", "%C0%AF", "%ED%A0%80",
        "%E3%80%80", "%F0%9F%8C%B1", "a;b=c", "a:b", "*", "~", "\\", "<>", "|", "{id}", "\u00e9", "日", " ", "%0d%0aX:y", new('s', 3_000),
        new('s', 9_000), "9223372036854775808", "-1", "0", "1e3", "00000000-0000-0000-0000-000000000000",
    ];

    public static string[] ChunkSizes { get; } =
    [
        "FFFFFFFFFFFFFFFFF", "7FFFFFFF", "80000000", "FFFFFFFF", "7FFFFFFFFFFFFFFF", "-1", "", "zz", "0x10", "10;ext=\"x", " 5", "5 ",
        "00000000000000000005",
    ];

    /// <summary>A few thousand bytes that unpack to many more.</summary>
    public static byte[] GzipBomb { get; } = Packed(new byte[BombBytes], stream => new GZipStream(stream, CompressionLevel.SmallestSize,
    true));

    /// <summary>Bytes that unpack to nothing, over and over.</summary>
    public static byte[] EmptyMembers { get; } =
        [.. Enumerable.Repeat(Packed([], stream => new GZipStream(stream, CompressionLevel.Fastest, true)),
        2_000).SelectMany(bytes => bytes)];

    public static byte[] Packed(byte[] bytes, Func<Stream, Stream> packer)
    {
        var packed = new MemoryStream();
        using (var stream = packer(packed)) stream.Write(bytes);
        return packed.ToArray();
    }

    private static string Nested(string open, string close, int times, string inner = "") =>
        string.Concat(Enumerable.Repeat(open, times)) + inner + string.Concat(Enumerable.Repeat(close, times));
}

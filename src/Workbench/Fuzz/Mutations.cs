using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using LStep.Workbench.Demo;

namespace LStep.Workbench.Fuzz;

/// <summary>Makes one thing after the other wrong with a request.</summary>
internal sealed class Mutations(Draft draft, JsonNode? body, Known known, Chance chance)
{
    private static readonly string[] Parameters =
        ["cursor", "limit", "tag", "q", "from", "to", "after", "sort", "strict", "", "%00", "x[]"];

    private static readonly string[] Targets =
        ["*", "//", "/", "//{host}/x", "any.example:443", "http://", "http:///", "://", "/ /", "", "?", "#"];

    private readonly BodyText text = new(body, chance);

    /// <summary>The body's bytes after what was done to its text.</summary>
    private Func<byte[], byte[]> packing = bytes => bytes;

    public void Mutate()
    {
        switch (chance.Between(0, draft.Method == "GET" ? 8 : 15))
        {
            case 0: Segment(); break;
            case 1 or 2: Query(); break;
            case 3 or 4: draft.Headers.Add(chance.Of(Hostile.Headers)); break;
            case 5: Method(); break;
            case 6: Target(); break;
            case 7: Credentials(); break;
            case 8: ContentType(); break;
            case 9: Frame(); break;
            case 10: Pack(); break;
            default: text.Mutate(); break;
        }
    }

    public void Finish()
    {
        if (body is null && !text.IsTouched) return;
        draft.Body = packing(text.Bytes());
    }

    private void Segment()
    {
        var at = chance.Between(0, draft.Segments.Count - 1);
        switch (chance.Between(0, 4))
        {
            case 0 when draft.Segments.Count > 1: draft.Segments.RemoveAt(at); break;
            case 1: draft.Segments.Insert(at, chance.Of(Hostile.Segments)); break;
            case 2: draft.Segments.Insert(at, ""); break;
            // The last segments are what is named; the first only choose the endpoint.
            case 3: draft.Segments[^1] = chance.Of(Hostile.Segments); break;
            default:
                draft.Segments[at] =
                    chance.Happens(0.5) ? chance.Of(Hostile.Segments) : Uri.EscapeDataString(chance.Of(Hostile.Texts));
                break;
        }
    }

    private void Query()
    {
        var value = chance.Between(0, 3) switch
        {
            0 => chance.Of(Hostile.Segments),
            1 => Cursor(),
            _ => Uri.EscapeDataString(chance.Of(Hostile.Texts)),
        };
        if (draft.Query.Count == 0 || chance.Happens(0.3))
            draft.Query.Add((chance.Of(Parameters), value));
        else if (chance.Of(draft.Query) is var (name, right) && chance.Happens(0.2)) draft.Query.Add((name, right));
        else draft.Query[chance.Between(0, draft.Query.Count - 1)] = (draft.Query[^1].Name, value);
    }

    /// <summary>One of another list, with a character changed, cut, or made up.</summary>
    private string Cursor()
    {
        if (known.Cursors.Count == 0 || chance.Happens(0.3))
            return Convert.ToBase64String(Encoding.UTF8.GetBytes($"aaaaaaaaaaaaaaaa[\"{chance.Of(Hostile.Texts)}\",\"x\"]"))
                .Replace('+', '-').Replace('/', '_').TrimEnd('=');
        var cursor = chance.Of(known.Cursors);
        var at = chance.Between(0, cursor.Length - 1);
        return chance.Between(0, 3) switch
        {
            0 => cursor,
            1 => cursor[..at],
            2 => cursor + cursor,
            _ => cursor[..at] + chance.Of((string[])["A", "_", "%00", "é", "="]) + cursor[(at + 1)..],
        };
    }

    private void Method()
    {
        draft.Method = chance.Of(Hostile.Methods);
        if (draft.Method == "OPTIONS") draft.Headers.Add(("Origin", "https://shop.example"));
    }

    private void Target()
    {
        switch (chance.Between(0, 7))
        {
            case 0: draft.Target = $"http://{Draft.HostMark}{draft.Path}"; break;
            case 1: draft.Target = $"http://user@any.example:1{draft.Path}?q=%00"; break;
            case 2: draft.Target = chance.Of(Targets); break;
            case 3: draft.Target = draft.Path.Replace("/", "//", StringComparison.Ordinal) + "/"; break;
            case 4: draft.Target = draft.Path + "#fragment?x=1"; break;
            case 5: draft.Target = draft.Path + "?" + new string('q', 9_000); break;
            case 6: draft.Target = draft.Path + "?" + string.Join('&', Enumerable.Range(0, 1_200).Select(n => $"a{n}")); break;
            default: draft.Version = chance.Of((string[])["HTTP/1.0", "HTTP/1.1 ", "HTTP/2.0", "HTTP/9", "", "http/1.1"]); break;
        }
    }

    private void Credentials()
    {
        draft.Headers.RemoveAll(header => header.Name == "Authorization");
        if (chance.Happens(0.7))
            draft.Headers.Add(("Authorization", chance.Of((string[])[
                "Bearer " + chance.Of(known.Tokens), "Bearer " + known.WriteKey, "Bearer " + chance.Of(Hostile.Texts),
                "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(chance.Of(Hostile.Texts) + ":"))])));
    }

    private void ContentType()
    {
        draft.Headers.RemoveAll(header => header.Name == "Content-Type");
        if (chance.Happens(0.9)) draft.Headers.Add(("Content-Type", chance.Of(Hostile.ContentTypes)));
    }

    private void Frame()
    {
        draft.Framing = chance.Of((Framing[])[Framing.Chunked, Framing.Chunked, Framing.Cut, Framing.None]);
        if (chance.Happens(0.5)) draft.BadChunkSize = chance.Of(Hostile.ChunkSizes);
        else if (chance.Happens(0.5)) draft.Trailer = $"{chance.Of(Hostile.Texts)}: {chance.Of(Hostile.Texts)}\r\n";
    }

    private void Pack()
    {
        var (coding, pack) = chance.Between(0, 8) switch
        {
            0 => ("gzip", _ => Hostile.GzipBomb),
            1 => ("gzip", _ => Hostile.EmptyMembers),
            2 => ("gzip", bytes => Gzip(bytes) is var packed ? packed[..(packed.Length / 2)] : []),
            3 => ("gzip", bytes => Gzip(Gzip(bytes))),
            4 => ("deflate", bytes => Hostile.Packed(bytes, stream => new ZLibStream(stream, CompressionLevel.Fastest, true))),
            5 => ("br", bytes => Hostile.Packed(bytes, stream => new BrotliStream(stream, CompressionLevel.Fastest, true))),
            6 => (chance.Of((string[])["gzip", "br", "deflate", "zstd", "identity"]), bytes => bytes),
            _ => ((string, Func<byte[], byte[]>))("gzip", Gzip),
        };
        draft.Headers.Add(("Content-Encoding", coding));
        packing = pack;

        static byte[] Gzip(byte[] bytes) => Hostile.Packed(bytes, stream => new GZipStream(stream, CompressionLevel.Fastest, true));
    }
}

using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LStep.Api.Http;

namespace LStep.System.Tests.Ingest;

internal sealed record IngestReply(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, string? ContentType)
{
    public JsonElement Json => JsonElement.Parse(Text);

    /// <summary>The code of a problem.</summary>
    public string? Code => Json.GetProperty("code").GetString();

    public void Succeeded() => Assert.Equal((HttpStatusCode.OK, """{"success":true}"""), (Status, Text));
}

/// <summary>Posts as SDKs do, and as they should not.</summary>
internal sealed class IngestClient(Uri address, string writeKey)
{
    private static readonly HttpClient Http = new();

    public Task<IngestReply> Batch(params string[] messages) => Post("/v1/batch", $$"""{"batch":[{{string.Join(',', messages)}}]}""");

    public Task<IngestReply> Post(string path, string body, Action<HttpRequestMessage>? change = null) =>
        Post(path, Encoding.UTF8.GetBytes(body), change);

    public async Task<IngestReply> Post(string path, byte[] body, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = Basic(writeKey);
        change?.Invoke(request);
        return await Send(request);
    }

    public async Task<IngestReply> Send(HttpRequestMessage request)
    {
        request.RequestUri = new Uri(address, request.RequestUri!);
        using var response = await Http.SendAsync(request);
        return new IngestReply(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers,
            response.Content.Headers.ContentType?.MediaType);
    }

    public static AuthenticationHeaderValue Basic(string key) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":")));

    public static byte[] Packed(string encoding, ReadOnlySpan<byte> body)
    {
        using var packed = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest),
            _ => throw new ArgumentOutOfRangeException(nameof(encoding)),
        })
            stream.Write(body);
        return packed.ToArray();
    }
}

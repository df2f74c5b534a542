using System.Net.Sockets;
using System.Text;

namespace LStep.System.Tests.Http;

/// <summary>One request exactly as it is written: clients of .NET would tidy it up, or refuse to send it.</summary>
internal static class RawHttp
{
    /// <summary>The whole answer; every character of the request is one byte.</summary>
    public static async Task<string> Answer(Uri server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await reader.ReadToEndAsync(patience.Token);
    }
}

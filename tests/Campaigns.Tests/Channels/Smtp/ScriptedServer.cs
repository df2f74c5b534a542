using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LStep.Campaigns.Tests.Channels.Smtp;

/// <summary>Where in its dialogue the server does what the test is about.</summary>
public enum Step { Greeting, Hello, SignIn, Sender, Recipient, Data, Middle, End, Next }

/// <summary>An SMTP server of a few lines that answers otherwise at one step, or cuts the line there instead of an answer.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource firstGiven = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task running;

    /// <param name="word">Its answer at that step; null cuts the line.</param>
    /// <param name="extensions">Of EHLO.</param>
    public ScriptedServer(Step step, string? word, params string[] extensions)
    {
        listener.Start();
        running = Serve(step, word, extensions);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    /// <summary>Mails that ended with the final dot.</summary>
    public int Given { get; private set; }

    /// <summary>Ends with the first of them.</summary>
    public Task FirstGiven => firstGiven.Task;

    /// <summary>Its word at that step is the last one of the connection.</summary>
    public bool CutsAfterWord { get; init; }

    /// <summary>Only the first connection is like that.</summary>
    public bool Once { get; init; }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await running;
    }

    private async Task Serve(Step step, string? word, string[] extensions)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                Connections++;
                try
                {
                    await Talk(client.GetStream(), Once && Connections > 1 ? null : step, word, extensions);
                }
                catch (IOException) { }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException) { }
    }

    private async Task Talk(NetworkStream stream, Step? step, string? word, string[] extensions)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        if (!await Say(Step.Greeting, "220 mail.test")) return;
        var mails = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            var hello = string.Concat(extensions.Select(extension => $"250-{extension}\r\n"));
            var went = verb switch
            {
                "EHLO" or "HELO" => await Say(Step.Hello, $"{hello}250 OK"),
                "AUTH" => await Say(Step.SignIn, "235 welcome"),
                "MAIL" => await Say(mails > 0 ? Step.Next : Step.Sender, "250 OK"),
                "RCPT" => await Say(Step.Recipient, "250 OK"),
                "DATA" => await Say(Step.Data, "354 go on"),
                "QUIT" => await Say(null, "221 bye"),
                _ => await Say(null, "250 OK"),
            };
            if (!went) return;
            if (verb != "DATA" || (step == Step.Data && word is not null)) continue;
            if (step == Step.Middle) return;
            while (await reader.ReadLineAsync() is { } text && text != ".") { }
            Given++;
            firstGiven.TrySetResult();
            mails++;
            if (!await Say(Step.End, "250 taken")) return;
        }

        async Task<bool> Say(Step? now, string usual)
        {
            var there = now is not null && now == step;
            if (there && word is null) return false;
            await stream.WriteAsync(Encoding.UTF8.GetBytes((there ? word : usual) + "\r\n"));
            return !there || !CutsAfterWord;
        }
    }
}

using System.Diagnostics;
using System.Text.Json;
using LStep.Campaigns.Tests.Channels.Http;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Webhook;

namespace LStep.Campaigns.Tests.Channels.Webhook;

/// <summary>A receiver that checks signatures with the convention's own library (npm's standardwebhooks).</summary>
public sealed class ReceiverTests
{
    private const string OtherSecret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        Wrong = "whsec_d3Jvbmcgc2VjcmV0IHdyb25nIHNlY3JldA==";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Channels", "Webhook", "receiver");

    [NodeFact]
    public async Task A_receiver_recognises_every_secret_of_a_call_and_no_other_and_no_changed_body()
    {
        await using var receiver = await StandIn.Start(200);
        var options = new WebhookOptions
        {
            Url = receiver.Url, AllowPrivate = true, Secrets = WebhookSecret.Parse($"{WebhookTests.Secret} {OtherSecret}")!,
        };
        using var transport = new WebhookTransport(options, RealTime.Clock);
        await transport.Send(Given.Message(Channel.Webhook, content: new MessageContent(Json: """{"名":"花子"}""")), default);
        var call = receiver.Last;
        var checks = new (string Secret, string Body)[]
        {
            (WebhookTests.Secret, call.Text), (OtherSecret, call.Text), (Wrong, call.Text),
            (WebhookTests.Secret, call.Text.Replace("learner-1", "learner-2", StringComparison.Ordinal)),
        };
        var input = JsonSerializer.Serialize(checks.Select(
            check => new { secret = check.Secret, headers = call.Headers, body = check.Body }));
        await Run("npm", "", "ci", "--ignore-scripts");
        Assert.Equal(["good", "good", "No matching signature found", "No matching signature found"],
            JsonSerializer.Deserialize<string[]>(await Run("node", input, "verify.mjs"))!);
    }

    private static async Task<string> Run(string program, string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await output}{await errors}");
        return await output;
    }
}

/// <summary>Says plainly what is missing instead of failing.</summary>
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!new[] { "node", "npm" }.All(program => folders.Any(folder => File.Exists(Path.Combine(folder, program)))))
            Skip = "Node 20 with npm is not installed.";
    }
}

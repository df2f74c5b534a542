using LStep.Domain.Campaigning;

namespace LStep.Grains.Campaigns.Channels.Push;

/// <summary>What is known of devices beyond what the customer's traits say.</summary>
/// <param name="Left">Of a customer's tokens those that are not known to be gone, in their order.</param>
/// <param name="Gone">Told of a device that takes no messages any more.</param>
public sealed record PushDevices(
    Func<string, IReadOnlyList<string>, CancellationToken, Task<IReadOnlyList<string>>> Left,
    Func<string, string, CancellationToken, Task> Gone);

/// <param name="Gone">The token will never work again.</param>
public readonly record struct DeviceOutcome(SendOutcome Outcome, bool Gone = false);

/// <summary>Reaches every device of a person: browsers by Web Push, apps by Firebase.</summary>
public sealed class PushTransport(WebPushSender? browsers, FcmSender? apps, PushDevices? devices) : IChannelTransport, IDisposable
{
    public const int DevicesMax = 20;

    public const string NoDevice = "The customer has no device.";

    public Channel Channel => Channel.Push;

    /// <summary>A second copy replaces the first on the device while it lies there unread, but nobody promises it.</summary>
    public bool IsIdempotent => false;

    public int AtOnceMax => 8;

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken cancel)
    {
        var tokens = message.Recipient.PushTokens.IsDefault ? [] : message.Recipient.PushTokens.Distinct().Take(DevicesMax).ToList();
        if (tokens.Count == 0) return new SendOutcome.Failed(NoDevice);
        if (devices is not null) tokens = [.. await Left(message.CustomerId, tokens, devices, cancel)];
        if (tokens.Count == 0) return new SendOutcome.Failed("Every device of the customer is gone.");
        var outcomes = await Task.WhenAll(tokens.Select(token => ToDevice(token, message, cancel)));
        foreach (var (token, outcome) in tokens.Zip(outcomes))
            if (outcome.Gone) await Report(message.CustomerId, token, cancel);
        return Of([.. outcomes.Select(outcome => outcome.Outcome)]);
    }

    public void Dispose()
    {
        browsers?.Dispose();
        apps?.Dispose();
    }

    /// <summary>
    /// One device is enough, since another try would reach that one twice. For the same reason what is uncertain outweighs what may be
    /// tried again.
    /// </summary>
    public static SendOutcome Of(IReadOnlyList<SendOutcome> devices)
    {
        if (devices.OfType<SendOutcome.Sent>().FirstOrDefault() is { } sent) return sent;
        if (devices.OfType<SendOutcome.Unknown>().FirstOrDefault() is { } unknown) return unknown;
        var later = devices.OfType<SendOutcome.NotNow>().ToList();
        if (later.Count == 0) return devices.OfType<SendOutcome.Failed>().First();
        return later[0] with { After = later.Max(device => device.After), OfMessageOnly = later.All(device => device.OfMessageOnly) };
    }

    private Task<DeviceOutcome> ToDevice(string token, OutgoingMessage message, CancellationToken cancel)
    {
        if (token.AsSpan().TrimStart().StartsWith("{"))
            return browsers?.Send(token, message, cancel) ?? NotSetUp("Web Push is not set up, and the device is a browser.");
        return apps?.Send(token, message, cancel) ?? NotSetUp("Firebase is not set up, and the device is an app.");
    }

    /// <summary>Where nobody can say, all of them are tried.</summary>
    private static async Task<IReadOnlyList<string>> Left(
        string customerId, List<string> tokens, PushDevices devices, CancellationToken cancel)
    {
        try
        {
            return await devices.Left(customerId, tokens, cancel);
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            return tokens;
        }
    }

    private static Task<DeviceOutcome> NotSetUp(string reason) => Task.FromResult(new DeviceOutcome(new SendOutcome.Failed(reason)));

    private async Task Report(string customerId, string token, CancellationToken cancel)
    {
        try
        {
            if (devices is not null) await devices.Gone(customerId, token, cancel);
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            // The message itself is settled, and the next one to this device reports it again.
        }
    }
}

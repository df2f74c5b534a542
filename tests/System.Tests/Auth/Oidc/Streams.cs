namespace LStep.System.Tests.Auth.Oidc;

internal static class Streams
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits for the server to end it, whatever the reason that the client is given.</summary>
    public static async Task Ended(this HubClient hub)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await foreach (var _ in hub.Heard.ReadAllAsync(patience.Token)) { }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Cut off.
        }
        await hub.DisposeAsync();
    }
}

using System.Security.Cryptography;
using LStep.Grains.Database;
using Microsoft.Extensions.Hosting;

namespace LStep.Grains.Campaigns.Links;

/// <summary>What links of this installation are signed with, on every silo: read before anything is sent or served.</summary>
public sealed class LinkKey(PostgresDatabase database) : IHostedService
{
    private const int Bytes = 32;
    private byte[]? key;

    internal byte[] Value => key ?? throw new InvalidOperationException("The key of links is read when the silo starts.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var fresh = RandomNumberGenerator.GetBytes(Bytes);
        // Of two first needs at once one waits for the other, sees nothing, and looks again.
        while (key is null)
            key = await database.Use(c => c.Value<byte[]>("message_link_key", cancellationToken, fresh), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

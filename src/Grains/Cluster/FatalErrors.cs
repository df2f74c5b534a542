using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace LStep.Grains.Cluster;

/// <summary>
/// What Orleans does not go on after, such as being given up by the other silos. It is said in a line; then the executable ends its
/// process at once (nothing needs to be saved), and a silo that only lives in somebody's process, as in a test, stops alone.
/// </summary>
internal sealed class FatalErrors(IServiceProvider services, Action? endProcess) : IFatalErrorHandler
{
    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        // Not by a logger, whose lines are written later.
        Console.Error.WriteLine($"This silo ends and has to be started again: {context ?? exception?.Message}");
        if (endProcess is not null) endProcess();
        else _ = services.GetRequiredService<IHost>().StopAsync();
    }
}

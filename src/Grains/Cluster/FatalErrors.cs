using Orleans.Runtime;

namespace LStep.Grains.Cluster;

/// <summary>What Orleans does not go on after, such as being given up by the other silos: said in a line, and the process ends at once. Nothing needs to be saved.</summary>
internal sealed class FatalErrors : IFatalErrorHandler
{
    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        // Not by a logger, whose lines are written later.
        Console.Error.WriteLine($"This silo ends and has to be started again: {context ?? exception?.Message}");
        Environment.Exit(ExitCodes.GivenUp);
    }
}

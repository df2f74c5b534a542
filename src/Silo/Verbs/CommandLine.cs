using System.CommandLine;
using LStep.Silo.Keys;

namespace LStep.Silo.Verbs;

/// <summary>Runs a verb until it has ended or a signal stops it, and turns what a sentence explains into that sentence.</summary>
public static class CommandLine
{
    private const int Refused = 1;
    private const int WrongUsage = 2;
    private const int Stopped = 130;

    /// <summary>
    /// The exit code: that of the verb, 1 for trouble from outside, 2 for keys that nobody should start with, 130 when a signal stopped it.
    /// </summary>
    /// <param name="isOutside">Trouble that its message explains; anything else keeps its stack trace.</param>
    public static async Task<int> Run(RootCommand root, string[] args, Func<Exception, bool> isOutside)
    {
        using var signals = new StopSignals();
        try
        {
            // Ctrl-C and SIGTERM cancel the verb, by our own handler: the library's would swallow the second one.
            return await root.Parse(args).InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, signals.Token);
        }
        catch (OperationCanceledException)
        {
            return Stopped;
        }
        catch (UnusableKeysException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return WrongUsage;
        }
        catch (Exception e) when (isOutside(e))
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Refused;
        }
    }
}

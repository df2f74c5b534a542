using System.Diagnostics;

namespace LStep.Silo.Verbs;

/// <summary>How far long work has come: a line that is written over on a terminal, plain lines elsewhere, now and then.</summary>
internal sealed class VerbProgress : IDisposable
{
    private const int LineWidth = 78;
    private static readonly TimeSpan OverEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    private readonly Stopwatch since = Stopwatch.StartNew();
    private bool isOpen;

    public void Show(string at)
    {
        if (since.Elapsed < (Console.IsOutputRedirected ? LineEvery : OverEvery)) return;
        since.Restart();
        if (Console.IsOutputRedirected) Console.WriteLine(at);
        else Console.Write($"\r{at.PadRight(LineWidth)}");
        isOpen = !Console.IsOutputRedirected;
    }

    public void End(string result)
    {
        if (isOpen) Console.Write($"\r{new string(' ', LineWidth)}\r");
        isOpen = false;
        Console.WriteLine(result);
    }

    public void Dispose()
    {
        if (isOpen) Console.WriteLine();
    }
}

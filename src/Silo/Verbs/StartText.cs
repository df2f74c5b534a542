using Spectre.Console;

namespace LStep.Silo.Verbs;

/// <summary>The few lines a start says: where to go, and where the keys are. No secret but a sign-in link that was asked for.</summary>
public static class StartText
{
    public static void Write(LStepSilo silo, string? link)
    {
        var console = AnsiConsole.Console;
        console.MarkupLineInterpolated($"[bold]L-Step[/] serves on [link]{silo.Address}[/]");
        if (link is not null) console.MarkupLineInterpolated($"Dashboard, signed in (once, within ten minutes): {link}");
        else console.MarkupLine("Dashboard: sign in with the admin token, or ask for a one-time link with  ./lstep keys link");
        if (silo.KeysArePrivate) console.MarkupLineInterpolated($"Keys: {silo.KeyFile}");
        if (silo.Clock is { } clock) console.MarkupLineInterpolated($"Simulated clock: {clock.Now:yyyy-MM-dd HH:mm:ss}Z; POST /api/clock moves it");
    }
}

using LStep.Domain;

namespace LStep.Silo.Verbs;

/// <summary>The few lines a start says: where to go, and where the keys are. No secret but a sign-in link that was asked for.</summary>
public static class StartText
{
    // Plain lines: a link that is wrapped or decorated cannot be copied.
    public static void Write(LStepSilo silo, string? link = null)
    {
        Console.WriteLine($"L-Step serves on {silo.Address.ToString().TrimEnd('/')}");
        Console.WriteLine(link is null
            ? $"  sign in   with the admin token, or a one-time link: ./lstep keys link{DataOption(silo)}"
            : $"  sign in   {silo.Address}#link={link}   (good once, for ten minutes)");
        if (File.Exists(silo.KeyFile)) Console.WriteLine($"  keys      {silo.KeyFile}");
        if (silo.Clock is { } clock)
            Console.WriteLine($"  clock     simulated, at {clock.Now:yyyy-MM-dd HH:mm:ss}Z; POST /api/clock moves it");
        Console.WriteLine("  stop      Ctrl-C");
    }

    /// <summary>What keys link needs to find these data; nothing where it finds them by itself.</summary>
    private static string DataOption(LStepSilo silo)
    {
        var folder = Path.GetDirectoryName(silo.KeyFile)!;
        return folder == Path.GetFullPath(CommonOptions.DefaultData) ? "" : $" --data {folder}";
    }
}

using System.Diagnostics;

namespace LStep.Testing;

/// <param name="Output">Its standard output, then its standard error.</param>
public sealed record Ended(int ExitCode, string Output)
{
    public required string StandardOutput { get; init; }
}

/// <summary>Programs of this machine that tests run.</summary>
public static class Programs
{
    /// <summary>In the repository's root.</summary>
    public static Task<Ended> Run(string program, params string[] arguments) =>
        RunIn(Repository.Root, new Dictionary<string, string>(), program, arguments);

    public static async Task<Ended> RunIn(
        string folder, IReadOnlyDictionary<string, string> variables, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, await output + await errors) { StandardOutput = await output };
    }

    public static bool InPath(string program) => Find(program) is not null;

    /// <summary>Where the first of them that is installed lies; null when none is.</summary>
    public static string? Find(params string[] programs)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return programs.SelectMany(program => folders.Select(folder => Path.Combine(folder, program))).FirstOrDefault(File.Exists);
    }

    public static string? Chromium { get; } = Find("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using LStep.Grains.Database;
using LStep.Grains.Operations;

namespace LStep.Deployment.Tests;

internal sealed record Ended(int ExitCode, string Output);

/// <summary>The programs that judge what we deploy with.</summary>
internal static class Programs
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<JsonElement[]>>> ReadFiles = new();

    public static Task<Ended> Run(string program, params string[] arguments) => RunIn(Repository.Root, new Dictionary<string, string>(), program, arguments);

    public static async Task<Ended> RunIn(string folder, IReadOnlyDictionary<string, string> variables, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, await output + await errors);
    }

    /// <summary>One of the small programs beside these tests; it sees YAML as node's parser does.</summary>
    public static Task<Ended> Node(string script, params string[] files) => Run("node", [Repository.Path($"tests/Deployment.Tests/schema/{script}"), .. files]);

    /// <summary>The documents of a YAML file, with merges done; each file is read once.</summary>
    public static Task<JsonElement[]> Documents(string file) => ReadFiles.GetOrAdd(file, name => new Lazy<Task<JsonElement[]>>(() => ReadYaml(name))).Value;

    private static async Task<JsonElement[]> ReadYaml(string file)
    {
        var ended = await Node("read.mjs", file);
        Assert.True(ended.ExitCode == 0, ended.Output);
        using var read = JsonDocument.Parse(ended.Output);
        return [.. read.RootElement[0].GetProperty("documents").EnumerateArray().Select(document => document.Clone())];
    }

    /// <summary>Debian's program, or the plug-in of a newer Docker.</summary>
    public static Task<Ended> Compose(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments) =>
        InPath("docker-compose") ? RunIn(folder, variables, "docker-compose", arguments) : RunIn(folder, variables, "docker", ["compose", .. arguments]);

    public static bool InPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}

/// <summary>Says plainly what is missing instead of failing.</summary>
internal sealed class NeedsAttribute : FactAttribute
{
    public NeedsAttribute(params string[] programs) => Skip = Missing(programs);

    public static string? Missing(string[] programs) =>
        programs.FirstOrDefault(program => !There(program)) is { } missing ? $"{missing} is not installed." : null;

    private static bool There(string program) =>
        Programs.InPath(program) || (program == "docker-compose" && Programs.InPath("docker"));
}

/// <inheritdoc cref="NeedsAttribute"/>
internal sealed class NeedsForEachAttribute : TheoryAttribute
{
    public NeedsForEachAttribute(params string[] programs) => Skip = NeedsAttribute.Missing(programs);
}

using System.Collections.Concurrent;
using System.Text.Json;
using LStep.Grains.Operations;

namespace LStep.Deployment.Tests;

/// <summary>The programs that judge what we deploy with.</summary>
internal static class Judges
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<JsonElement[]>>> ReadFiles = new();

    extension(Programs)
    {
        /// <summary>One of the small programs beside these tests; it sees YAML as node's parser does.</summary>
        public static Task<Ended> Node(string script, params string[] files) =>
            Programs.Run("node", [Repository.Path($"tests/Deployment.Tests/schema/{script}"), .. files]);

        /// <summary>The documents of a YAML file, with merges done; each file is read once.</summary>
        public static Task<JsonElement[]> Documents(string file) =>
            ReadFiles.GetOrAdd(file, name => new Lazy<Task<JsonElement[]>>(() => ReadYaml(name))).Value;

        /// <summary>Debian's program, or the plug-in of a newer Docker.</summary>
        public static Task<Ended> Compose(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments) =>
            Programs.InPath("docker-compose") ? Programs.RunIn(folder, variables, "docker-compose", arguments)
            : Programs.RunIn(folder, variables, "docker", ["compose", .. arguments]);
    }

    private static async Task<JsonElement[]> ReadYaml(string file)
    {
        var ended = await Programs.Node("read.mjs", file);
        Assert.True(ended.ExitCode == 0, ended.Output);
        return [.. JsonElement.Parse(ended.StandardOutput)[0].GetProperty("documents").EnumerateArray()];
    }
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

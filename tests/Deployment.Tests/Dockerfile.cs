using System.Text.Json;
using System.Text.RegularExpressions;
using LStep.Api.Rules;

namespace LStep.Deployment.Tests;

internal sealed record Instruction(string Name, string Text)
{
    /// <summary>Words, or the members of a JSON array.</summary>
    public string[] Words =>
        Text.StartsWith('[') ? JsonSerializer.Deserialize<string[]>(Text)! : Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public string? Flag(string name) =>
        Words.FirstOrDefault(word => word.StartsWith($"--{name}=", StringComparison.Ordinal))?[(name.Length + 3)..];

    public string[] WithoutFlags => [.. Words.SkipWhile(word => word.StartsWith("--", StringComparison.Ordinal))];
}

internal sealed record Stage(string From, string Name, IReadOnlyList<Instruction> Instructions)
{
    public Instruction Last(string name) => Instructions.Last(instruction => instruction.Name == name);
}

/// <summary>
/// The product's Dockerfile, read: comments gone, continued lines joined, one list of instructions a stage, those of the stage it begins
/// with first.
/// </summary>
internal static partial class Dockerfile
{
    public static IReadOnlyList<Stage> Stages { get; } = Read(Repository.Read("Dockerfile"));

    public static Stage Final => Stages[^1];

    /// <summary>A stage and those it copies from, in the order of the file. What it begins with is among its own instructions.</summary>
    public static IReadOnlyList<Stage> StagesOf(Stage stage)
    {
        var sources = stage.Instructions.Select(i => i.Flag("from")).OfType<string>().ToHashSet();
        return [.. Stages.Where(other => sources.Contains(other.Name)).SelectMany(StagesOf).Append(stage).Distinct()];
    }

    /// <summary>What the image's environment holds.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } =
        Final.Instructions.Where(i => i.Name == "ENV").SelectMany(i => i.Words).Select(word => word.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>The command of the health check, as the engine would run it.</summary>
    public static string[] HealthCheck { get; } =
        JsonSerializer.Deserialize<string[]>(Final.Last("HEALTHCHECK").Text.Split(" CMD ", 2)[1])!;

    public static string[] Entrypoint { get; } = Final.Last("ENTRYPOINT").Words;

    public static string[] Exposed { get; } = Final.Last("EXPOSE").Words;

    private static List<Stage> Read(string text)
    {
        var lines = Comment().Replace(text, "");
        var instructions = Continued().Replace(lines, " ")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ', 2)).Select(parts => new Instruction(parts[0], parts[1].Trim())).ToList();
        var stages = new List<Stage>();
        foreach (var instruction in instructions)
            if (instruction.Name == "FROM")
            {
                var words = instruction.WithoutFlags;
                // A stage that begins with another has all that the other has.
                var before = stages.Find(stage => stage.Name.Length > 0 && stage.Name == words[0]);
                stages.Add(new Stage(
                    words[0], words.Length > 2 ? words[2] : "", before is null ? [] : new List<Instruction>(before.Instructions)));
            }
            else if (stages.Count > 0) ((List<Instruction>)stages[^1].Instructions).Add(instruction);
        return stages;
    }

    [GeneratedRegex(@"^\s*#.*\n", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s*\\\n\s*")]
    private static partial Regex Continued();
}

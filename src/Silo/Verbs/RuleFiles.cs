using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Deciding;
using LStep.Domain.Rules;

namespace LStep.Silo.Verbs;

/// <summary>Files of rules and cases, and what is told of them.</summary>
internal static class RuleFiles
{
    private const long BytesMax = 1024 * 1024;

    /// <exception cref="VerbRefusedException">There is no such file, or it is none of rules.</exception>
    public static JsonElement Read(string path) => Read(path, RuleFile.Read);

    /// <param name="read">By what kind of file it is.</param>
    /// <exception cref="VerbRefusedException">There is no such file, or it is none of that kind.</exception>
    public static JsonElement Read(string path, Func<string, Parsed<JsonElement>> read)
    {
        if (!File.Exists(path)) throw new VerbRefusedException($"There is no file {path}.");
        if (new FileInfo(path).Length > BytesMax) throw new VerbRefusedException($"{path} is larger than {BytesMax / 1024} KB.");
        return read(File.ReadAllText(path)) switch
        {
            Parsed<JsonElement>.Ok ok => ok.Value,
            Parsed<JsonElement>.Failed failed => throw new VerbRefusedException(
                string.Join('\n', failed.Errors.Select(error => $"{path}: {Line(error)}"))),
            _ => throw new InvalidOperationException("a closed set has grown"),
        };
    }

    public static JsonElement Member(JsonElement file, string name, string path) => file.TryGetProperty(name, out var member) ? member
        : throw new VerbRefusedException($"{path} has no {name}.");

    public static string Line(InputError error) => $"{error.Path}: {error.Message} ({error.Code})";

    public static void Tell(CheckedRules found) => Tell(found.Errors, found.Warnings);

    public static void Tell(ImmutableArray<InputError> errors, ImmutableArray<InputError> warnings)
    {
        foreach (var warning in warnings) Console.Error.WriteLine($"warning  {Line(warning)}");
        foreach (var error in errors) Console.Error.WriteLine($"error    {Line(error)}");
    }

    public static void Tell(RuleSetDifference difference, int against)
    {
        if (difference.IsNone) Console.WriteLine($"The same rules as version {against}: there is nothing to publish.");
        foreach (var rule in difference.Removed) Console.WriteLine($"- {rule.Id} {rule.Name}");
        foreach (var rule in difference.Added) Console.WriteLine($"+ {rule.Id} {rule.Name}");
        foreach (var rule in difference.Changed)
            foreach (var change in rule.Changes)
                Console.WriteLine($"~ {rule.Id} {rule.Name}: {change.Field}\n    - {change.Before}\n    + {change.After}");
    }
}

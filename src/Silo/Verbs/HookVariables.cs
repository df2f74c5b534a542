using LStep.Api.Hooks;
using LStep.Grains.Campaigns.Templates;

namespace LStep.Silo.Verbs;

/// <summary>Whose webhooks are taken, as the environment says it. There are no options for it: secrets are no arguments.</summary>
public static class HookVariables
{
    private const string Folder = "LSTEP_HOOKS", Secret = "LSTEP_HOOK_SECRET_", FileEnd = "_FILE";

    /// <param name="variables">All of the environment.</param>
    /// <exception cref="WrongUsageException">A mapping cannot be meant, or a secret cannot be read; it repeats no secret.</exception>
    public static HookSources Read(IReadOnlyDictionary<string, string> variables, TimeProvider wallClock)
    {
        var folder = variables.GetValueOrDefault(Folder) is { Length: > 0 } given ? given : null;
        try
        {
            return HookSources.Read(folder is null ? null : TemplateFiles.In(folder), Secrets(variables), wallClock);
        }
        catch (Exception e) when (e is TemplateException or IOException or UnauthorizedAccessException)
        {
            throw new WrongUsageException(
                $"Webhooks of other platforms{(folder is null ? "" : $" ({Folder} is '{folder}')")}: {e.Message}");
        }
    }

    /// <summary>By the name of the source, in small letters and with hyphens; several apart by blanks, while one is replaced.</summary>
    private static Dictionary<string, IReadOnlyList<string>> Secrets(IReadOnlyDictionary<string, string> variables)
    {
        var secrets = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (variable, value) in variables.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (!variable.StartsWith(Secret, StringComparison.Ordinal) || value.Length == 0) continue;
            var isFile = variable.EndsWith(FileEnd, StringComparison.Ordinal);
            var source = variable[Secret.Length..(isFile ? ^FileEnd.Length : ^0)].ToLowerInvariant().Replace('_', '-');
            var text = isFile ? File.ReadAllText(value) : value;
            string[] found = text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
            if (found.Length == 0) throw new WrongUsageException($"{variable} names a file without a secret.");
            if (!secrets.TryAdd(source, found))
                throw new WrongUsageException(
                    $"Both {variable[..(isFile ? ^FileEnd.Length : ^0)]} and the same with {FileEnd} are set; give one.");
        }
        return secrets;
    }
}

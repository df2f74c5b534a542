using System.CommandLine;
using LStep.Silo.Verbs;

namespace LStep.Workbench.Verbs;

/// <summary>An option that is a whole number within bounds.</summary>
internal static class WholeNumber
{
    public static Option<int> Of(string name, string description, int fallback, int least, int most) =>
        new Option<int>(name) { Description = description, DefaultValueFactory = _ => fallback }.Within(least, most);
}

using LStep.Silo;

namespace LStep.Workbench.Processes;

/// <summary>The executable of a build: what <c>dotnet</c> is given to start a silo.</summary>
public static class SiloBuild
{
    /// <summary>The silo of the build that is running.</summary>
    public static string This => typeof(LStepSilo).Assembly.Location;
}

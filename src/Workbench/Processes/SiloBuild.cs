using System.Diagnostics;
using LStep.Silo;

namespace LStep.Workbench.Processes;

/// <summary>The executable of a build: what <c>dotnet</c> is given to start a silo.</summary>
public static class SiloBuild
{
    private const int CommitDigits = 8;

    /// <summary>The silo of the build that is running.</summary>
    public static string This => typeof(LStepSilo).Assembly.Location;

    /// <summary>Its version, with the beginning of the commit that it was built from where the build knew one: 0.9.0+6c3cfb0b.</summary>
    public static string Name(string dll)
    {
        var version = FileVersionInfo.GetVersionInfo(dll).ProductVersion ?? "of no version";
        return version.IndexOf('+') is var plus and >= 0 ? version[..Math.Min(version.Length, plus + 1 + CommitDigits)] : version;
    }
}

namespace LStep.Deployment.Tests;

/// <summary>How long a silo may take to stop before it is killed: the same everywhere it is said.</summary>
internal static class TheStop
{
    public const int GraceSeconds = 130;
}

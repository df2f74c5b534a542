using LStep.Silo;

namespace LStep.Deployment.Tests;

/// <summary>
/// How long an orchestrator waits before it kills: the same everywhere it is said, and longer than a silo takes for itself.
/// </summary>
internal static class TheStop
{
    public const int GraceSeconds = StopLimits.BudgetSeconds + 10;
}

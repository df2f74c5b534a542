using System.Diagnostics;

namespace LStep.Silo.Supervision;

/// <summary>Signals to other processes: .NET can only kill.</summary>
public static class UnixSignal
{
    /// <param name="name">As kill(1) takes it: TERM, STOP, CONT.</param>
    public static void Send(int process, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process}"]);
        kill.WaitForExit();
    }
}

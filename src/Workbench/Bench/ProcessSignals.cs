using System.Diagnostics;

namespace LStep.Workbench.Bench;

/// <summary>Signals for which .NET has no name, sent to a process that has not ended.</summary>
public static class ProcessSignals
{
    /// <summary>SIGTERM: end what you have begun, then end.</summary>
    public static void Terminate(this Process process) => Send(process, "TERM");

    /// <summary>SIGSTOP: stand still, with connections open and all that you believe.</summary>
    public static void Freeze(this Process process) => Send(process, "STOP");

    /// <summary>SIGCONT: go on as if nothing had been.</summary>
    public static void Thaw(this Process process) => Send(process, "CONT");

    private static void Send(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"])!;
        kill.WaitForExit();
    }
}

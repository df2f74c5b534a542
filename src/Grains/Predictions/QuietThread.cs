using System.Runtime.InteropServices;

namespace LStep.Grains.Predictions;

/// <summary>A thread of its own that everything else goes before; those that it starts inherit that.</summary>
internal static class QuietThread
{
    /// <summary>Of 0 to 19: while others want the processor it gets about a thirtieth of what one of them gets.</summary>
    private const int Nice = 15;

    public static Task<T> Run<T>(Func<T> work, CancellationToken cancel) => Task.Factory.StartNew(
        () =>
        {
            // .NET's own priorities are without effect on Linux. The thread ends with the work, so that nobody inherits this.
            if (OperatingSystem.IsLinux()) _ = SetPriority(which: 0, who: 0, Nice);
            else Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
            return work();
        },
        cancel, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int nice);
}

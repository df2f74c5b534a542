using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace LStep.Prediction;

/// <summary>
/// Runs something on a thread that gives way to all others. Linux knows no priorities of threads but their niceness, which the threads that
/// one starts inherit.
/// </summary>
public static partial class LowPriority
{
    const int Niceness = 15;

    public static T Run<T>(Func<T> work)
    {
        T? result = default;
        ExceptionDispatchInfo? trouble = null;
        var thread = new Thread(() =>
        {
            try
            {
                if (OperatingSystem.IsLinux()) _ = SetPriority(0, 0, Niceness);
                result = work();
            }
            catch (Exception e)
            {
                trouble = ExceptionDispatchInfo.Capture(e);
            }
        }) { IsBackground = true, Name = "training", Priority = ThreadPriority.Lowest };
        thread.Start();
        thread.Join();
        trouble?.Throw();
        return result!;
    }

    /// <summary>Of the calling thread, with which 0 and who 0.</summary>
    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, int who, int priority);
}

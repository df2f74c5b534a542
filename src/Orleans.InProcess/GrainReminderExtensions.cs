using Microsoft.Extensions.DependencyInjection;
using Orleans.InProcess;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Reminders outlive the activation and the process; each wakes its grain when it is due.</summary>
public static class GrainReminderExtensions
{
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        if (string.IsNullOrWhiteSpace(reminderName)) throw new ArgumentNullException(nameof(reminderName));
        var id = grain.GrainContext.GrainId;
        return grain is IRemindable
            ? RemindersOf(grain).Register(id, reminderName, dueTime, period)
            : throw new InvalidOperationException($"Grain {id} is not '{nameof(IRemindable)}'. A grain should implement {nameof(IRemindable)} to use the persistent reminder service");
    }

    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) => RemindersOf(grain).Unregister(reminder);

    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName) =>
        string.IsNullOrWhiteSpace(reminderName) ? throw new ArgumentNullException(nameof(reminderName))
        : RemindersOf(grain).Find(grain.GrainContext.GrainId, reminderName);

    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) => RemindersOf(grain).List(grain.GrainContext.GrainId);

    private static Reminders RemindersOf(IGrainBase grain) => grain.GrainContext.ActivationServices.GetRequiredService<Reminders>();
}

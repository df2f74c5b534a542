namespace LStep.Conformance;

public interface IReminderGrain : IGrainWithIntegerKey
{
    Task Remind(string name, TimeSpan due, TimeSpan period);

    Task Forget(string name);

    /// <summary>Updates it and then unregisters by the handle from before.</summary>
    Task ForgetByOldHandle(string name);

    Task<bool> Has(string name);

    Task<string[]> Names();

    Task Leave();
}

public sealed class ReminderGrain(Witness witness, TimeProvider time) : Grain, IReminderGrain, IRemindable
{
    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var at = TimeSpan.FromMinutes(Math.Round((time.GetUtcNow().UtcDateTime - status.FirstTickTime).TotalMinutes));
        witness.Say($"{this.GetPrimaryKeyLong()}: {reminderName} every {status.Period:hh\\:mm} at +{at:hh\\:mm}");
        return reminderName == "faulty" ? throw new FormatException("no reminder") : Task.CompletedTask;
    }

    public Task Remind(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task Forget(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public async Task ForgetByOldHandle(string name)
    {
        var old = await this.RegisterOrUpdateReminder(name, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        await this.RegisterOrUpdateReminder(name, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5));
        await this.UnregisterReminder(old);
    }

    public async Task<bool> Has(string name) => await this.GetReminder(name) is not null;

    public async Task<string[]> Names() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order()];

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        witness.Say($"{this.GetPrimaryKeyLong()} is gone");
        return Task.CompletedTask;
    }
}

public interface IUnremindableGrain : IGrainWithIntegerKey
{
    Task Remind();
}

public sealed class UnremindableGrain : Grain, IUnremindableGrain
{
    public Task Remind() => this.RegisterOrUpdateReminder("reminder", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
}

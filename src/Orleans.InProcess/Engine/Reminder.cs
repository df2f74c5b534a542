using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>
/// One stored reminder and its timer. Ticks keep to first due + n periods; those missed while the process was down or a
/// tick was still running are not made up for.
/// </summary>
internal sealed class Reminder : IDisposable
{
    /// <summary>Timers reach 49 days; a later tick is waited for in steps.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromDays(30);

    private static readonly CallMethod Receive = new($"{nameof(IRemindable)}.{nameof(IRemindable.ReceiveReminder)}");

    private readonly Engine _engine;
    private readonly StoredReminder _stored;
    private readonly ITimer _timer;
    private DateTimeOffset _due;
    private volatile bool _disposed;

    public Reminder(Engine engine, StoredReminder stored)
    {
        _engine = engine;
        _stored = stored;
        using (ExecutionContext.SuppressFlow())
            _timer = engine.Clock.CreateTimer(static reminder => _ = ((Reminder)reminder!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void ArmNext()
    {
        var now = _engine.Clock.GetUtcNow();
        var periods = Math.Ceiling((now - _stored.FirstDue) / _stored.Period);
        var next = _stored.FirstDue + _stored.Period * Math.Max(0, periods);
        _due = next > _due ? next : _due + _stored.Period; // the tick that just fired is not fired again
        Wait(now);
    }

    private void Wait(DateTimeOffset now)
    {
        if (!_disposed) _timer.Change(_due - now < WaitMax ? _due - now : WaitMax, Timeout.InfiniteTimeSpan);
    }

    private async Task Tick()
    {
        var now = _engine.Clock.GetUtcNow();
        if (now < _due)
        {
            Wait(now);
            return;
        }
        try
        {
            var call = new Wake(_stored.Name, new(_stored.FirstDue.UtcDateTime, _stored.Period, now.UtcDateTime));
            _engine.Send(_engine.Catalog.ClassOf(_stored.Grain.Type), _stored.Grain, call);
            await call.Reply.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _engine.Log.LogError(exception, "Reminder {Reminder} of {Grain} failed; its next tick comes as usual", _stored.Name, _stored.Grain);
        }
        ArmNext();
    }

    public void Dispose()
    {
        _disposed = true;
        _timer.Dispose();
    }

    private sealed class Wake(string name, TickStatus status) : Request(Receive)
    {
        public override Task Invoke(object grain) => ((IRemindable)grain).ReceiveReminder(name, status);
    }
}

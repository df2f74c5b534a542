using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Grains.Customers;

namespace LStep.Grains.Time.Daily;

/// <summary>The daily rows that a portion of the log changes: from the hot row where it reaches, from the log for older days.</summary>
/// <param name="wholeFrom">The day from which on the log is whole; what is older was cut. Null where all of it is there.</param>
internal sealed class DailyPortion(BusinessCalendar calendar, DateOnly? wholeFrom = null)
{
    private const int TrendReach = DailyRow.TrendDays - 1;
    private readonly Dictionary<string, Touched> touched = new(StringComparer.Ordinal);

    private sealed class Touched
    {
        public HashSet<DateOnly> Dates { get; } = [];
        public DateTimeOffset RecordedAt { get; set; }
        public bool CompletesModules { get; set; }
    }

    /// <summary>A customer's rows that only the log can make, and the instants its entries for them lie between.</summary>
    public sealed record FromLog(StoredCustomer Customer, List<DateOnly> Dates, DateTimeOffset Since, DateTimeOffset Until);

    public IReadOnlyCollection<string> Customers => this.touched.Keys;

    public void Touch(string customerId, DateTimeOffset occurredAt, DateTimeOffset recordedAt, bool completesModules)
    {
        if (!this.touched.TryGetValue(customerId, out var touched)) this.touched[customerId] = touched = new Touched();
        if (recordedAt > touched.RecordedAt) touched.RecordedAt = recordedAt;
        touched.CompletesModules |= completesModules;
        TouchDay(customerId, occurredAt);
    }

    /// <summary>Another day of one that is touched.</summary>
    public void TouchDay(string customerId, DateTimeOffset instant)
    {
        var day = calendar.DayOf(instant);
        AddRange(this.touched[customerId].Dates, day, day.AddDays(TrendReach));
    }

    public string[] CompletingModules(IEnumerable<string> customers) => [.. customers.Where(id => this.touched[id].CompletesModules)];

    /// <summary>The first day whose row it changes.</summary>
    public DateOnly FirstDay(string customerId) => touched[customerId].Dates.Min();

    public DateOnly StartOf(StoredCustomer customer) => calendar.DayOf(customer.State.Start);

    /// <summary>When the start moves, days observed and with them the trends after either start move.</summary>
    public void TouchStart(StoredCustomer customer, DateOnly? before)
    {
        var start = StartOf(customer);
        if (before == start) return;
        // No row lies before a start, so the later of the two is where trends differ.
        var later = before is { } known && known > start ? known : start;
        AddRange(this.touched[customer.Id].Dates, later, later.AddDays(TrendReach));
    }

    /// <summary>Rows that the hot state can tell; answers what it cannot.</summary>
    public FromLog? FromState(StoredCustomer customer, DailyRowUpserts rows)
    {
        var touched = this.touched[customer.Id];
        var state = customer.State.EvaluatedAt >= touched.RecordedAt ? customer.State
            : customer.State with { EvaluatedAt = touched.RecordedAt };
        List<DateOnly>? older = null;
        foreach (var date in touched.Dates.Order())
            if (!DailyRow.IsInReach(state, date, calendar))
            {
                // A row that looks at days which were cut stays as it is.
                if (wholeFrom is null || date >= wholeFrom.Value.AddDays(TrendReach)) (older ??= []).Add(date);
            }
            else if (DailyRow.Of(state, date, calendar) is { } row) rows.Add(customer.Id, row);
        return older is null ? null
            : new FromLog(customer, older, calendar.StartOf(older[0].AddDays(-TrendReach)), calendar.StartOf(older[^1].AddDays(1)));
    }

    public void FromActivities(FromLog asked, IEnumerable<LogEntry> log, DailyRowUpserts rows)
    {
        // Where a module was completed first, the state knows; it may be newer than this portion, and then a later one comes here again.
        var days = Domain.Measuring.Windows.OfLog(
            log.Select(l => l.Activity), calendar, asked.Customer.State.Lifetime.CompletedModules);
        foreach (var date in asked.Dates)
            if (DailyRow.Of(days, date, StartOf(asked.Customer)) is { } row) rows.Add(asked.Customer.Id, row);
    }

    private static void AddRange(HashSet<DateOnly> dates, DateOnly first, DateOnly last)
    {
        for (var date = first; date <= last; date = date.AddDays(1)) dates.Add(date);
    }
}

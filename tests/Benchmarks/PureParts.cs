using BenchmarkDotNet.Attributes;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Domain.Packing;

namespace LStep.Benchmarks;

/// <summary>What every activity costs before anything is written: no clock, no I/O. A learner with 10 active days in ST_001.</summary>
[MemoryDiagnoser]
public class PureParts
{
    private static readonly DateTimeOffset Now = new(2026, 3, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly Rulebook book = new(DefaultRules.Version1(Now.AddDays(-60)), new Policy(), BusinessCalendar.Utc);
    private readonly Measures measures = new();
    private CustomerState learner = null!;
    private byte[] packed = null!;
    private Activity[] activity = null!;

    [GlobalSetup]
    public void TenActiveDays()
    {
        learner = Lifecycle.Record("learner", null, [Lesson("first", Now.AddDays(-20))], book, Now.AddDays(-20)).After;
        for (var day = 18; day >= 0; day -= 2)
            learner = Lifecycle.Record(
                "learner", learner, [Lesson($"d{day}", Now.AddDays(-day).AddHours(-1))], book, Now.AddDays(-day)).After;
        packed = StatePacking.Pack(learner);
        activity = [Lesson("another", Now.AddMinutes(1))];
    }

    [Benchmark(Description = "one activity recorded: windows, scores, indicators, rules, next check")]
    public Step RecordOneActivity() => Lifecycle.Record("learner", learner, activity, book, Now.AddMinutes(1));

    [Benchmark(Description = "evaluated on demand, nothing changes: rules and next check")]
    public Step EvaluateWithoutChange() => Lifecycle.Evaluate(learner, book, Now.AddMinutes(1));

    [Benchmark(Description = "the next check")]
    public DateTimeOffset? FindNextCheck() => NextCheck.After(learner, book, Now);

    [Benchmark(Description = "every number metric")]
    public decimal EveryMetric()
    {
        measures.Load(learner, book.Calendar, Now);
        var sum = 0m;
        foreach (var metric in Metrics.All)
            if (measures.TryNumber(metric, out var value)) sum += value;
        return sum;
    }

    [Benchmark(Description = "state packed")]
    public byte[] Pack() => StatePacking.Pack(learner);

    [Benchmark(Description = "state unpacked")]
    public CustomerState Unpack() => StatePacking.Unpack(packed, "learner", learner.Version, learner.Profile, learner.Recent);

    private static Activity Lesson(string id, DateTimeOffset at) => new()
    {
        MessageId = id, Type = ActivityType.LessonCompleted, Event = "Lesson Completed", OccurredAt = at, ReceivedAt = at, Subject = id,
    };
}

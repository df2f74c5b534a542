using System.Collections.Immutable;

namespace LStep.Domain.Packing;

static class LifetimePacking
{
    public static void Write(ref PackWriter writer, Lifetime life, ImmutableArray<DayWindow> days)
    {
        writer.Unsigned((ulong)life.Activities);
        writer.Count(life.Lessons);
        writer.Count(life.Modules);
        writer.Count(life.Assessments);
        writer.Count(life.ScoredAssessments);
        writer.Decimal(life.ScoreSum);
        // Usually the last active day is among the days: its sessions are not written twice.
        var shared = !life.LastDaySessions.IsEmpty && LastSessions(days).AsSpan().SequenceEqual(life.LastDaySessions.AsSpan());
        Optional.Flags(ref writer, life.BestFinal is not null, life.CurriculumCompletion is not null, life.Nps is not null, shared);
        if (life.BestFinal is { } best) writer.Decimal(best);
        if (life.CurriculumCompletion is { } completion) Latest(ref writer, completion);
        if (life.Nps is { } nps) Latest(ref writer, nps);
        if (!shared) DaysPacking.Sessions(ref writer, life.LastDaySessions, 0);
        Instants(ref writer,
            life.FirstEventAt, life.FirstLearnerActivityAt, life.LastActivityAt, life.LastLoginEventAt, life.LastUnnamedModuleAt,
            life.LastPaymentAt, life.LastPaymentFailedAt);
        Modules(ref writer, life.CompletedModules);
    }

    /// <param name="modules">Format 1 has none: it counted each completion.</param>
    public static Lifetime Read(ref PackReader reader, ImmutableArray<DayWindow> days, bool modules)
    {
        // One object, its members in the order in which they are written: a copy for each part would weigh more than all the rest.
        byte flags, present;
        return new Lifetime
        {
            Activities = (long)reader.Unsigned(),
            Lessons = reader.Count(),
            Modules = reader.Count(),
            Assessments = reader.Count(),
            ScoredAssessments = reader.Count(),
            ScoreSum = reader.Decimal(),
            BestFinal = ((flags = reader.Byte()) & 1) != 0 ? reader.Decimal() : null,
            CurriculumCompletion = (flags & 2) != 0 ? Latest(ref reader) : null,
            Nps = (flags & 4) != 0 ? Latest(ref reader) : null,
            LastDaySessions = (flags & 8) != 0 ? LastSessions(days) : DaysPacking.Sessions(ref reader, 0),
            FirstEventAt = Instant(ref reader, present = reader.Byte(), 0),
            FirstLearnerActivityAt = Instant(ref reader, present, 1),
            LastActivityAt = Instant(ref reader, present, 2),
            LastLoginEventAt = Instant(ref reader, present, 3),
            LastUnnamedModuleAt = Instant(ref reader, present, 4),
            LastPaymentAt = Instant(ref reader, present, 5),
            LastPaymentFailedAt = Instant(ref reader, present, 6),
            CompletedModules = modules ? Modules(ref reader) : [],
        };
    }

    static void Modules(ref PackWriter writer, ImmutableArray<CompletedModule> modules)
    {
        writer.Count(modules.Length);
        foreach (var module in modules)
        {
            writer.Fixed64(module.Hash);
            writer.Instant(module.At);
        }
    }

    static ImmutableArray<CompletedModule> Modules(ref PackReader reader)
    {
        var modules = ImmutableArray.CreateBuilder<CompletedModule>(reader.CountOf(9));
        while (modules.Count < modules.Capacity) modules.Add(new CompletedModule(reader.Fixed64(), reader.Instant()));
        return modules.MoveToImmutable();
    }

    static ImmutableArray<SessionRun> LastSessions(ImmutableArray<DayWindow> days)
    {
        for (var at = days.Length - 1; at >= 0; at--)
            if (!days[at].Sessions.IsEmpty) return days[at].Sessions;
        return [];
    }

    static void Latest(ref PackWriter writer, Latest<decimal> latest)
    {
        writer.Instant(latest.At);
        writer.Text(latest.MessageId);
        writer.Decimal(latest.Value);
    }

    static Latest<decimal> Latest(ref PackReader reader) => new(reader.Instant(), reader.Text(), reader.Decimal());

    static void Instants(ref PackWriter writer, params ReadOnlySpan<DateTimeOffset?> instants)
    {
        var present = 0;
        for (var i = 0; i < instants.Length; i++)
            if (instants[i] is not null) present |= 1 << i;
        writer.Byte((byte)present);
        foreach (var instant in instants)
            if (instant is { } value) writer.Instant(value);
    }

    static DateTimeOffset? Instant(ref PackReader reader, byte present, int bit) => (present & (1 << bit)) != 0 ? reader.Instant() : null;
}

using System.Collections.Immutable;
using LStep.Domain.Measuring;

namespace LStep.Domain.Deciding;

/// <summary>When time alone may change a decision, business midnights apart.</summary>
public static class NextCheck
{
    /// <summary>
    /// The earliest such instant after now; null for never. It looks only at what no midnight changes, so that it stays
    /// right as long as the state does.
    /// </summary>
    public static DateTimeOffset? After(CustomerState state, Rulebook book, DateTimeOffset now) => After(new Measures(), state, book, now);

    /// <summary>What people are shown: a change of day looks at everybody, whatever else is due.</summary>
    public static DateTimeOffset OrMidnight(CustomerState state, Rulebook book, DateTimeOffset now)
    {
        var midnight = book.Calendar.NextMidnight(now);
        return After(state, book, now) is { } check && check < midnight ? check : midnight;
    }

    internal static DateTimeOffset? After(Measures measures, CustomerState state, Rulebook book, DateTimeOffset now)
    {
        if (Situation.SettlesAt(state) is { } settles) return settles > now ? settles : now.AddMilliseconds(1);
        measures.Load(state, book, now);
        var earliest = new Earliest(now);
        OfGovernance(ref earliest, state.Governance);
        var (rhythm, indicators) = (false, false);
        foreach (var rule in RulesByTag.Of(book.Rules).From(state.Tag))
        {
            if (!CouldBeMet(rule.Conditions, measures)) continue;
            Walk(ref earliest, rule.Conditions, measures, turned: false, ref indicators);
            rhythm |= rule.UsualRhythm;
            indicators |= rule.To.Category() == TagCategory.Learning;
        }
        if (indicators) OfIndicators(ref earliest, measures);
        if (rhythm) OfRhythm(ref earliest, measures, book.Calendar);
        return earliest.Found;
    }

    static void OfGovernance(ref Earliest earliest, Governance governance)
    {
        earliest.Consider(governance.DwellFrom + Spans.Dwell);
        earliest.Consider(governance.ManualUntil);
        earliest.Consider(governance.LockedUntil);
        foreach (var silence in governance.Silences) earliest.Consider(silence.Until);
        if (governance.Review is { } review)
        {
            earliest.Consider(Situation.Deadline(review, governance));
            earliest.Consider(Situation.NextAlert(review));
        }
        // rapid_changes ends when the second newest of the counted moves is 7 days old.
        var counted = 0;
        for (var i = governance.Moves.Length - 1; i >= 0; i--)
            if (ReviewReasons.Counts(governance.Moves[i]) && ++counted == 2) earliest.Consider(governance.Moves[i].DueAt + Spans.Rapid);
    }

    static void OfIndicators(ref Earliest earliest, Measures measures)
    {
        earliest.Consider(measures.Anchor(Metric.DaysSinceLogin) + 5 * Spans.Day);
        earliest.Consider(measures.Start + 3 * Spans.Day);
    }

    /// <summary>
    /// The end of the usual rhythm. The gap can only shrink while the learner is silent, as its days leave the window:
    /// then a midnight ends the hold, not this.
    /// </summary>
    static void OfRhythm(ref Earliest earliest, Measures measures, BusinessCalendar calendar)
    {
        var (state, anchor) = (measures.State, measures.Anchor(Metric.DaysSinceLogin)!.Value);
        measures.TryNumber(Metric.DaysSinceLogin, out var silent);
        var first = Math.Max((int)silent + 1, Spans.RhythmDays + 2);
        if (earliest.Found <= anchor + first * Spans.Day || measures.UsualGapDays is not { } gap) return;
        for (var days = first; days <= gap + Spans.RhythmDays + 1; days++)
        {
            var at = anchor + days * Spans.Day;
            measures.Load(state, calendar, at);
            if (measures.UsualGapDays is not { } then || days > then + Spans.RhythmDays + 1) return;
            if (days != then + Spans.RhythmDays + 1) continue;
            earliest.Consider(at);
            return;
        }
    }

    /// <summary>False when what only events change already rules it out.</summary>
    static bool CouldBeMet(Condition condition, Measures measures, bool turned = false) => condition switch
    {
        Condition.Clause clause => clause.Trait is not null || !clause.Metric.IsTimeless()
            || Conditions.IsMet(clause, new Measured(measures), turned),
        Condition.All all => turned ? AnyCouldBeMet(all.Parts, measures, turned) : AllCouldBeMet(all.Parts, measures, turned),
        Condition.Any any => turned ? AllCouldBeMet(any.Parts, measures, turned) : AnyCouldBeMet(any.Parts, measures, turned),
        Condition.Not not => CouldBeMet(not.Part, measures, !turned),
        _ => throw new InvalidOperationException("a closed set has grown"),
    };

    static bool AllCouldBeMet(ImmutableArray<Condition> parts, Measures measures, bool turned)
    {
        foreach (var part in parts)
            if (!CouldBeMet(part, measures, turned)) return false;
        return true;
    }

    static bool AnyCouldBeMet(ImmutableArray<Condition> parts, Measures measures, bool turned)
    {
        foreach (var part in parts)
            if (CouldBeMet(part, measures, turned)) return true;
        return false;
    }

    static void Walk(ref Earliest earliest, Condition condition, Measures measures, bool turned, ref bool indicators)
    {
        switch (condition)
        {
            case Condition.All all:
                foreach (var part in all.Parts) Walk(ref earliest, part, measures, turned, ref indicators);
                break;
            case Condition.Any any:
                foreach (var part in any.Parts) Walk(ref earliest, part, measures, turned, ref indicators);
                break;
            case Condition.Not not:
                Walk(ref earliest, not.Part, measures, !turned, ref indicators);
                break;
            case Condition.Clause { Trait: null } clause when clause.Metric.IsRecency():
                measures.TryNumber(clause.Metric, out var days);
                if (DaySteps.After(clause, turned, days) is { } next)
                    earliest.Consider(measures.Anchor(clause.Metric) + TimeSpan.FromDays((double)Math.Min(next, 100_000)));
                break;
            case Condition.Clause { Trait: null, Metric: Metric.RiskIndicators or Metric.RiskIndicatorCount }:
                indicators = true;
                break;
        }
    }

    struct Earliest(DateTimeOffset now)
    {
        public DateTimeOffset? Found { get; private set; }

        public void Consider(DateTimeOffset? at)
        {
            if (at > now && !(Found <= at)) Found = at;
        }
    }
}

using System.Collections.Immutable;

namespace LStep.Domain.Analysing;

/// <param name="From">Null for the first tag.</param>
/// <param name="To">Null for those who were erased.</param>
public readonly record struct MovedOnDay(DateOnly Day, StatusTag? From, StatusTag? To, long Count);

/// <summary>Customers per tag at the end of each business day of a range.</summary>
public sealed class TagDays
{
    private readonly ImmutableSortedDictionary<StatusTag, DaySeries> levels;

    private TagDays(ImmutableSortedDictionary<StatusTag, DaySeries> levels) => this.levels = levels;

    /// <param name="moved">Of every day up to the range's end; those before the range may be told as one.</param>
    public static TagDays Of(DayRange range, IReadOnlyList<MovedOnDay> moved) => new(StatusTags.All.ToImmutableSortedDictionary(
        tag => tag,
        tag => DaySeries.LevelOf(
            range,
            moved.Where(one => one.To == tag || one.From == tag).Select(
                one => (one.Day, ((one.To == tag ? 1 : 0) - (one.From == tag ? 1 : 0)) * one.Count)))));

    public ImmutableSortedDictionary<StatusTag, long> At(DateOnly day) =>
        levels.ToImmutableSortedDictionary(one => one.Key, one => one.Value.At(day));

    public long At(DateOnly day, params ReadOnlySpan<StatusTag> tags)
    {
        var sum = 0L;
        foreach (var tag in tags) sum += levels[tag].At(day);
        return sum;
    }

    public long All(DateOnly day) => levels.Values.Sum(level => level.At(day));
}

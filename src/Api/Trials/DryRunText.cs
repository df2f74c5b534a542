using System.Globalization;
using LStep.Grains.Trials;

namespace LStep.Api.Trials;

/// <summary>The totals of a dry run as a short text: a cursor carries them, so that every page of the list says the same.</summary>
internal static class DryRunText
{
    public static string Of(DryRunTotals totals) => string.Join(
        ' ',
        [
            totals.At.ToUnixTimeMilliseconds(), totals.ActiveVersion, totals.Evaluated, totals.Unreadable, totals.Reviews, totals.Messages,
            .. totals.Moves.SelectMany(move => new long[] { (int)move.From, (int)move.To, move.Count }),
        ]);

    public static DryRunTotals Read(string text)
    {
        long[] numbers = [.. text.Split(' ').Select(part => long.Parse(part, CultureInfo.InvariantCulture))];
        return new DryRunTotals(
            DateTimeOffset.FromUnixTimeMilliseconds(numbers[0]), (int)numbers[1], (int)numbers[2], (int)numbers[3],
            [.. numbers[6..].Chunk(3).Select(move => new MoveCount((StatusTag)move[0], (StatusTag)move[1], (int)move[2]))],
            (int)numbers[4], (int)numbers[5]);
    }
}

namespace LStep.Workbench.Replay;

/// <summary>One run of one course: what its mapping must know beforehand, and its events day by day.</summary>
/// <param name="TutorMarked">Every tutor-marked assessment by id, with its due day.</param>
public sealed record OuladPresentation(
    string Course,
    DateOnly DayZero,
    int FirstDay,
    int LastDay,
    IReadOnlyDictionary<int, int?> TutorMarked,
    Func<IEnumerable<OuladEvent>> Events)
{
    /// <summary>The one with the latest due day, or null where there is none.</summary>
    public int? FinalAssessment { get; } =
        TutorMarked.Count == 0 ? null : TutorMarked.OrderBy(each => each.Value ?? int.MinValue).ThenBy(each => each.Key).Last().Key;
}

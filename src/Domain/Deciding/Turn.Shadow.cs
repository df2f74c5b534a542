namespace LStep.Domain.Deciding;

/// <summary>The set that runs beside the live one is asked at every evaluation, of the state that the live one decides about.</summary>
sealed partial class Turn
{
    List<ShadowDifference>? differences;
    int compared;

    ShadowComparison? Compared => compared == 0 ? null
        : new ShadowComparison(book.Rules.Version, book.Shadow!.Version, compared, [.. differences ?? []]);

    void CompareShadow(in Ruling live, DateTimeOffset at)
    {
        if (book.Shadow is not { } rules) return;
        compared++;
        var (mine, other) = (SetOutcome.Of(live), SetOutcome.Of(Evaluation.Rule(State, book with { Rules = rules }, measures)));
        if (mine != other) (differences ??= []).Add(new ShadowDifference(State.CustomerId, at, State.Tag, mine, other));
    }
}

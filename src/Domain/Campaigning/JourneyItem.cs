namespace LStep.Domain.Campaigning;

/// <summary>An action of a path: one that a customer has waiting, or one that the path itself would start.</summary>
/// <param name="CauseNumber">Of the ledger row or the review that started it.</param>
/// <param name="DueAt">When it is looked at next.</param>
public sealed record JourneyAction(
    CauseKind Cause, int CauseNumber, string Campaign, int Step, string? Variant, Channel Channel, CampaignKind Kind, StatusTag? Tag,
    DateTimeOffset ScheduledFor, DateTimeOffset DueAt, DateTimeOffset CauseDueAt, DateTimeOffset CauseAt, bool IsRepeat)
{
    public DueAction Due(CampaignSet set) => new(
        Campaign, set.Named(Campaign), Channel, Kind, Tag, ScheduledFor, CauseDueAt, CauseAt, Undone: false, IsRepeat);
}

/// <summary>Something that would happen on the way; a closed set.</summary>
public abstract record JourneyItem(DateTimeOffset At)
{
    /// <summary>A tag begins.</summary>
    public sealed record Moved(Transition Transition) : JourneyItem(Transition.DueAt);

    /// <summary>A review is opened, or closed.</summary>
    public sealed record Reviewed(DateTimeOffset At, ReviewChange Review) : JourneyItem(At);

    /// <summary>An action is looked at, or cancelled.</summary>
    /// <param name="Became">Scheduled where nothing goes out, since campaigns are switched off.</param>
    /// <param name="HeldUntil">It is looked at again then; set exactly where it is held.</param>
    /// <param name="Customer">As it would be at that instant.</param>
    public sealed record Looked(
        DateTimeOffset At, JourneyAction Action, ActionStatus Became, string? Reason, DateTimeOffset? HeldUntil, CustomerState Customer)
        : JourneyItem(At);
}

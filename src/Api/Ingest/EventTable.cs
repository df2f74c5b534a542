using System.Collections.Frozen;

namespace LStep.Api.Ingest;

/// <summary>The property that names what an activity was about.</summary>
public enum SubjectProperty : byte { None, FeatureId, ContentId, LessonId, ModuleId, ActionId, Channel }

/// <summary>What an event name means and which of its properties are used.</summary>
/// <param name="ScoreMax">The largest score, or 0 where the type has none.</param>
/// <param name="Completion">Whether curriculumCompletion is read.</param>
/// <param name="CompletionDefault">What it is when the event does not say.</param>
/// <param name="Channel">The channel that the name itself says, or null.</param>
public sealed record EventMeaning(
    ActivityType Type,
    SubjectProperty Subject = SubjectProperty.None,
    int ScoreMax = 0,
    bool Completion = false,
    decimal? CompletionDefault = null,
    string? Channel = null);

/// <param name="ByTable">False where only its first words are known.</param>
public sealed record KnownName(EventMeaning Meaning, bool ByTable);

/// <summary>Track event names and what they mean, by their normalised form.</summary>
public static class EventTable
{
    public static EventMeaning Other { get; } = new(ActivityType.Other);
    public static EventMeaning NoActivity { get; } = new(ActivityType.NoActivity);
    public static EventMeaning PageView { get; } = new(ActivityType.PageView);
    public static EventMeaning Identify { get; } = new(ActivityType.Identify);
    public static EventMeaning Alias { get; } = new(ActivityType.Alias);
    public static EventMeaning Group { get; } = new(ActivityType.Group);

    /// <summary>Done to the learner by others, and nothing that is counted.</summary>
    public static KnownName OfFirstWords { get; } = new(NoActivity, ByTable: false);

    private static readonly EventMeaning[] Meanings =
    [
        Other, NoActivity, PageView,
        new(ActivityType.Login),
        new(ActivityType.FeatureUse, SubjectProperty.FeatureId),
        new(ActivityType.VideoPlay, SubjectProperty.ContentId),
        new(ActivityType.LessonCompleted, SubjectProperty.LessonId),
        new(ActivityType.AssessmentTaken, ScoreMax: 100),
        new(ActivityType.ModuleCompleted, SubjectProperty.ModuleId, Completion: true),
        new(ActivityType.ForumPost), new(ActivityType.Comment), new(ActivityType.Question), new(ActivityType.Answer),
        new(ActivityType.CourseCompleted, Completion: true, CompletionDefault: 100),
        new(ActivityType.NpsResponse, ScoreMax: 10),
        new(ActivityType.SupportTicket), new(ActivityType.Payment), new(ActivityType.PaymentFailed),
        new(ActivityType.MessageDelivered, SubjectProperty.ActionId), new(ActivityType.MessageOpened, SubjectProperty.ActionId),
        new(ActivityType.MessageClicked, SubjectProperty.ActionId), new(ActivityType.MessageBounced, SubjectProperty.ActionId),
        new(ActivityType.MessageConverted, SubjectProperty.ActionId),
        new(ActivityType.Unsubscribed, SubjectProperty.Channel),
    ];

    private static readonly FrozenDictionary<ActivityType, EventMeaning> ByType = Meanings.ToFrozenDictionary(one => one.Type);

    /// <summary>As people write them, for what is not about a message.</summary>
    public static IReadOnlyList<(string Name, ActivityType Type)> Names { get; } =
    [
        ("Logged In", ActivityType.Login), ("Signed In", ActivityType.Login), ("Login", ActivityType.Login),
        ("Page Viewed", ActivityType.PageView),
        ("Feature Used", ActivityType.FeatureUse),
        ("Video Played", ActivityType.VideoPlay),
        ("Lesson Completed", ActivityType.LessonCompleted),
        ("Assessment Taken", ActivityType.AssessmentTaken), ("Quiz Completed", ActivityType.AssessmentTaken),
        ("Module Completed", ActivityType.ModuleCompleted),
        ("Forum Post Created", ActivityType.ForumPost),
        ("Comment Made", ActivityType.Comment),
        ("Question Asked", ActivityType.Question),
        ("Answer Given", ActivityType.Answer),
        ("Course Completed", ActivityType.CourseCompleted),
        ("NPS Submitted", ActivityType.NpsResponse),
        ("Support Ticket Opened", ActivityType.SupportTicket),
        ("Payment Succeeded", ActivityType.Payment), ("Payment Failed", ActivityType.PaymentFailed),
        ("Unsubscribed", ActivityType.Unsubscribed),
    ];

    /// <summary>What a message event says behind its channel, by Segment's names among others.</summary>
    private static readonly (string What, ActivityType Type)[] OfMessages =
    [
        ("delivered", ActivityType.MessageDelivered), ("received", ActivityType.MessageDelivered),
        ("opened", ActivityType.MessageOpened),
        ("clicked", ActivityType.MessageClicked), ("linkclicked", ActivityType.MessageClicked), ("tapped", ActivityType.MessageClicked),
        ("bounced", ActivityType.MessageBounced), ("dropped", ActivityType.MessageBounced),
        ("converted", ActivityType.MessageConverted),
    ];

    private static readonly string[] Withdrawals = ["unsubscribed", "markedasspam"];

    private static readonly FrozenDictionary<string, KnownName> ByName = Names
        .Select(row => (row.Name, Meaning: ByType[row.Type]))
        .Concat(FirstWords.Channels.Append("message").SelectMany(
            channel => OfMessages.Select(message => (Name: channel + message.What, Meaning: ByType[message.Type]))))
        .Concat(FirstWords.Channels.SelectMany(channel => Withdrawals.Select(what =>
            (Name: channel + what, Meaning: ByType[ActivityType.Unsubscribed] with { Channel = channel }))))
        .ToFrozenDictionary(row => Normalised(row.Name), row => new KnownName(row.Meaning, ByTable: true));

    private static readonly FrozenDictionary<string, KnownName>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What an operator may map a name to.</summary>
    public static IEnumerable<ActivityType> Types => ByType.Keys.Order();

    /// <summary>Null for a name that is not in the table.</summary>
    /// <param name="key">Normalised.</param>
    public static KnownName? Find(ReadOnlySpan<char> key) => Lookup.TryGetValue(key, out var known) ? known : null;

    /// <summary>Of an activity that a track event can be; whatever it is called.</summary>
    public static EventMeaning Of(ActivityType type) => ByType[type];

    private static string Normalised(string name)
    {
        Span<char> buffer = stackalloc char[name.Length];
        return buffer[..EventNames.Normalise(name, buffer)].ToString();
    }
}

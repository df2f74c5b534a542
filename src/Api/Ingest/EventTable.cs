using System.Collections.Frozen;

namespace LStep.Api.Ingest;

/// <summary>The property that names what an activity was about.</summary>
public enum SubjectProperty : byte { None, FeatureId, ContentId, LessonId, ModuleId, ActionId, Channel }

/// <summary>What an event name means and which of its properties are used.</summary>
/// <param name="ScoreMax">The largest score, or 0 where the type has none.</param>
/// <param name="Completion">Whether curriculumCompletion is read.</param>
/// <param name="CompletionDefault">What it is when the event does not say.</param>
public sealed record EventMeaning(
    ActivityType Type,
    SubjectProperty Subject = SubjectProperty.None,
    int ScoreMax = 0,
    bool Completion = false,
    decimal? CompletionDefault = null);

/// <summary>Track event names and what they mean, matched without regard to case, spaces, '_' and '-'.</summary>
public static class EventTable
{
    public static EventMeaning Other { get; } = new(ActivityType.Other);
    public static EventMeaning PageView { get; } = new(ActivityType.PageView);
    public static EventMeaning Identify { get; } = new(ActivityType.Identify);
    public static EventMeaning Alias { get; } = new(ActivityType.Alias);
    public static EventMeaning Group { get; } = new(ActivityType.Group);

    private static readonly (EventMeaning Meaning, string[] Names)[] Rows =
    [
        (new(ActivityType.Login), ["Logged In", "Signed In", "Login"]),
        (PageView, ["Page Viewed"]),
        (new(ActivityType.FeatureUse, SubjectProperty.FeatureId), ["Feature Used"]),
        (new(ActivityType.VideoPlay, SubjectProperty.ContentId), ["Video Played"]),
        (new(ActivityType.LessonCompleted, SubjectProperty.LessonId), ["Lesson Completed"]),
        (new(ActivityType.AssessmentTaken, ScoreMax: 100), ["Assessment Taken", "Quiz Completed"]),
        (new(ActivityType.ModuleCompleted, SubjectProperty.ModuleId, Completion: true), ["Module Completed"]),
        (new(ActivityType.ForumPost), ["Forum Post Created"]),
        (new(ActivityType.Comment), ["Comment Made"]),
        (new(ActivityType.Question), ["Question Asked"]),
        (new(ActivityType.Answer), ["Answer Given"]),
        (new(ActivityType.CourseCompleted, Completion: true, CompletionDefault: 100), ["Course Completed"]),
        (new(ActivityType.NpsResponse, ScoreMax: 10), ["NPS Submitted"]),
        (new(ActivityType.SupportTicket), ["Support Ticket Opened"]),
        (new(ActivityType.Payment), ["Payment Succeeded"]),
        (new(ActivityType.PaymentFailed), ["Payment Failed"]),
        (Message(ActivityType.MessageDelivered), OnEveryChannel("Delivered")),
        (Message(ActivityType.MessageOpened), OnEveryChannel("Opened")),
        (Message(ActivityType.MessageClicked), [.. OnEveryChannel("Clicked"), "Email Link Clicked"]),
        (Message(ActivityType.MessageBounced), OnEveryChannel("Bounced")),
        (Message(ActivityType.MessageConverted), OnEveryChannel("Converted")),
        (new(ActivityType.Unsubscribed, SubjectProperty.Channel), ["Unsubscribed"]),
    ];

    private static readonly FrozenDictionary<string, EventMeaning> ByName =
        Rows.SelectMany(row => row.Names, (row, name) => (Name: Normalise(name), row.Meaning))
            .ToFrozenDictionary(x => x.Name, x => x.Meaning);

    private static readonly FrozenDictionary<string, EventMeaning>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly int NameCharsMax = ByName.Keys.Max(name => name.Length);

    public static EventMeaning Find(ReadOnlySpan<char> name)
    {
        Span<char> buffer = stackalloc char[NameCharsMax];
        var length = Normalise(name, buffer);
        return length >= 0 && Lookup.TryGetValue(buffer[..length], out var meaning) ? meaning : Other;
    }

    private static EventMeaning Message(ActivityType type) => new(type, SubjectProperty.ActionId);

    private static string[] OnEveryChannel(string what) => [$"Email {what}", $"Push {what}", $"In-App {what}", $"Message {what}"];

    private static string Normalise(string name)
    {
        Span<char> buffer = stackalloc char[name.Length];
        return buffer[..Normalise(name, buffer)].ToString();
    }

    /// <summary>Lower case without spaces, '_' and '-'; -1 when it does not fit and so cannot be in the table.</summary>
    private static int Normalise(ReadOnlySpan<char> name, Span<char> buffer)
    {
        var length = 0;
        foreach (var c in name)
        {
            if (c is ' ' or '_' or '-') continue;
            if (length == buffer.Length) return -1;
            buffer[length++] = char.ToLowerInvariant(c);
        }
        return length;
    }
}

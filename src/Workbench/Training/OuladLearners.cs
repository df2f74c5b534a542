using System.Collections.Immutable;
using LStep.Api.Ingest;
using LStep.Domain;
using LStep.Domain.Backtesting;
using LStep.Domain.Predicting;
using LStep.Grains;
using LStep.Workbench.Replay;
using SegmentMessage = LStep.Workbench.Replay.SegmentMessage;

namespace LStep.Workbench.Training;

/// <summary>
/// The learners of one presentation with what the ingest would make of their events, each received as it happened. The formal leave, which
/// a replay never tells the product, stands at its day as an event, for labels and for the end of rows.
/// </summary>
public sealed class OuladLearners
{
    private const string Left = "Unregistered";

    private readonly Dictionary<string, List<Activity>> learners = new(StringComparer.Ordinal);
    private readonly bool whole;

    /// <param name="whole">Activities keep their properties, as the log has them; training needs none but traits.</param>
    public OuladLearners(OuladPresentation presentation, bool whole = false)
    {
        this.whole = whole;
        Course = presentation.Course;
        DayZero = presentation.DayZero;
        Until = new DateTimeOffset(DayZero.AddDays(presentation.LastDay + 1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var mapping = new OuladMapping(presentation);
        foreach (var e in presentation.Events())
            if (e.Type == "unregistered") Of(e.LearnerId).Add(Leave(e));
            else
                foreach (var message in mapping.Map(e)) Of(e.LearnerId).Add(Read(message));
    }

    public string Course { get; }

    public DateOnly DayZero { get; }

    /// <summary>The end of the last day of which there are data.</summary>
    public DateTimeOffset Until { get; }

    public IReadOnlyDictionary<string, List<Activity>> Activities => learners;

    /// <summary>
    /// Rows of the presentation's own days: 14, 21, … with the silence that the data's own labels mean, which is that of clicks.
    /// A submission without a click breaks none.
    /// </summary>
    public IEnumerable<TrainingRow> Rows(int every) => learners.OrderBy(one => one.Key, StringComparer.Ordinal).SelectMany(one =>
        LearnerRows.Of(one.Key, one.Value, BusinessCalendar.Utc, Until, new RowChoice(every, DayZero, IsClick)));

    /// <summary>The learners' states at the end of a day, as the ingest keeps them.</summary>
    public IEnumerable<CustomerState> StatesAt(DateTimeOffset end)
    {
        foreach (var (id, activities) in learners)
        {
            var known = activities.Where(activity => activity.ReceivedAt < end).ToList();
            if (known.Count > 0) yield return LearnerRows.StateAt(id, known, BusinessCalendar.Utc, end);
        }
    }

    private static bool IsClick(Activity activity) =>
        activity.Type is not (ActivityType.AssessmentTaken or ActivityType.ModuleCompleted);

    private List<Activity> Of(string learner) => learners.TryGetValue(learner, out var known) ? known : learners[learner] = [];

    private Activity Read(SegmentMessage message)
    {
        var reception = new Reception(message.At, ActivityOrigin.Live, Simulated: true, Ids.Fresh);
        var parsed = MessageParser.Parse(message.Json.Span, reception);
        var activity = parsed.Activity ?? throw new InvalidDataException($"{message.Sender}: {parsed.Refusal?.Message}");
        // Only traits are read again.
        return whole || activity.Type == ActivityType.Identify ? activity : activity with { Properties = "{}" };
    }

    /// <summary>What stands for the formal leave, which a replay never tells the product.</summary>
    public static bool IsLeave(Activity activity) => activity.Event == Left && activity.Type == ActivityType.NoActivity;

    private static Activity Leave(OuladEvent e) => new()
    {
        MessageId = e.EventId, Type = ActivityType.NoActivity, Event = Left, OccurredAt = e.OccurredAt, ReceivedAt = e.OccurredAt,
    };
}

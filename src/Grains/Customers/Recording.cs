using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;

namespace LStep.Grains.Customers;

/// <summary>What activities come to, with what only the log knows of them.</summary>
internal static class Recording
{
    public static async ValueTask<Step> Decide(
        string customerId, CustomerState? state, IReadOnlyList<Activity> activities, Rulebook book, ICustomers customers,
        DateTimeOffset now)
    {
        // An import may repeat an id at any time, a very busy customer more than its 48 h memory holds, and a call that was held up for
        // longer than that may have been repeated elsewhere: then the log decides.
        var messages = Admission.NeedsKnownIds(state, activities, now) ? await customers.KnownMessages(customerId, activities) : null;
        // A lesson counts once a day: of days that have left the window only the log knows which were completed.
        var lessons = CompletedLessons.DaysAsked(state, activities, book.Calendar, now) is { IsEmpty: false } days
            ? await customers.Lessons(customerId, days, book.Calendar) : null;
        return Lifecycle.Record(customerId, state, activities, book, now, messages, lessons);
    }
}

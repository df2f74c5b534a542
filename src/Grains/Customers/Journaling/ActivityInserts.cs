using LStep.Domain;
using NpgsqlTypes;

namespace LStep.Grains.Customers.Journaling;

internal sealed class ActivityInserts : ArrayStatement
{
    private readonly List<string?> customer, message, eventName, properties, subject, anonymous;
    private readonly List<DateTimeOffset> received, occurred, recorded;
    private readonly List<int> sequence, count;
    private readonly List<long> version, batch;
    private readonly List<short> type, origin;
    private readonly List<decimal?> score, curriculum;
    private readonly List<bool> final, mobile;

    public ActivityInserts() : base("commit_activities")
    {
        (customer, message, received, occurred, recorded) = (Texts(), Texts(), Times(), Times(), Times());
        (this.sequence, version, type) = (
            Column<int>(NpgsqlDbType.Integer), Column<long>(NpgsqlDbType.Bigint), Column<short>(NpgsqlDbType.Smallint));
        (eventName, origin, batch) = (Texts(), Column<short>(NpgsqlDbType.Smallint), Column<long>(NpgsqlDbType.Bigint));
        (properties, subject, score, final, curriculum) = (Column<string?>(NpgsqlDbType.Json), Texts(), Decimals(), Booleans(), Decimals());
        (count, mobile, anonymous) = (Column<int>(NpgsqlDbType.Integer), Booleans(), Texts());
    }

    public void Add(Step step)
    {
        for (var i = 0; i < step.Accepted.Length; i++) Add(step, i, step.Accepted[i]);
    }

    private void Add(Step step, int sequence, Activity activity)
    {
        customer.Add(step.After.CustomerId);
        message.Add(activity.MessageId);
        received.Add(activity.ReceivedAt.ToUniversalTime());
        occurred.Add(activity.OccurredAt.ToUniversalTime());
        recorded.Add(step.At);
        this.sequence.Add(sequence);
        version.Add(step.After.Version);
        type.Add((short)activity.Type);
        eventName.Add(activity.Event);
        origin.Add((short)activity.Origin);
        batch.Add(activity.BatchNumber);
        properties.Add(activity.Properties);
        subject.Add(activity.Subject);
        score.Add(activity.Score);
        final.Add(activity.Final);
        curriculum.Add(activity.CurriculumCompletion);
        count.Add(activity.Count);
        mobile.Add(activity.Mobile);
        anonymous.Add(activity.AnonymousId);
    }

    private List<DateTimeOffset> Times() => Column<DateTimeOffset>(NpgsqlDbType.TimestampTz);
}

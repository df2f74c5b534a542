using LStep.Domain;
using NpgsqlTypes;

namespace LStep.Grains.Customers.Journaling;

internal sealed class ActivityInserts : ArrayStatement
{
    private readonly List<string?> _customer, _message, _event, _properties, _subject, _anonymous;
    private readonly List<DateTimeOffset> _received, _occurred, _recorded;
    private readonly List<int> _sequence, _count;
    private readonly List<long> _version, _batch;
    private readonly List<short> _type, _origin;
    private readonly List<decimal?> _score, _curriculum;
    private readonly List<bool> _final, _mobile;

    public ActivityInserts() : base("commit_activities")
    {
        (_customer, _message, _received, _occurred, _recorded) = (Texts(), Texts(), Times(), Times(), Times());
        (_sequence, _version, _type) = (Column<int>(NpgsqlDbType.Integer), Column<long>(NpgsqlDbType.Bigint), Column<short>(NpgsqlDbType.Smallint));
        (_event, _origin, _batch) = (Texts(), Column<short>(NpgsqlDbType.Smallint), Column<long>(NpgsqlDbType.Bigint));
        (_properties, _subject, _score, _final, _curriculum) = (Column<string?>(NpgsqlDbType.Json), Texts(), Decimals(), Booleans(), Decimals());
        (_count, _mobile, _anonymous) = (Column<int>(NpgsqlDbType.Integer), Booleans(), Texts());
    }

    public void Add(Step step)
    {
        for (var i = 0; i < step.Accepted.Length; i++) Add(step, i, step.Accepted[i]);
    }

    private void Add(Step step, int sequence, Activity activity)
    {
        _customer.Add(step.After.CustomerId);
        _message.Add(activity.MessageId);
        _received.Add(activity.ReceivedAt.ToUniversalTime());
        _occurred.Add(activity.OccurredAt.ToUniversalTime());
        _recorded.Add(step.At);
        _sequence.Add(sequence);
        _version.Add(step.After.Version);
        _type.Add((short)activity.Type);
        _event.Add(activity.Event);
        _origin.Add((short)activity.Origin);
        _batch.Add(activity.BatchNumber);
        _properties.Add(activity.Properties);
        _subject.Add(activity.Subject);
        _score.Add(activity.Score);
        _final.Add(activity.Final);
        _curriculum.Add(activity.CurriculumCompletion);
        _count.Add(activity.Count);
        _mobile.Add(activity.Mobile);
        _anonymous.Add(activity.AnonymousId);
    }

    private List<DateTimeOffset> Times() => Column<DateTimeOffset>(NpgsqlDbType.TimestampTz);
}

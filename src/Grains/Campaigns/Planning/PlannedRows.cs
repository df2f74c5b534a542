using LStep.Domain.Campaigning;
using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Campaigns.Planning;

/// <summary>Actions on their way into the table.</summary>
internal sealed class PlannedRows
{
    private readonly List<(WaitingCause Cause, StatusTag? Tag, PlannedAction Action, bool IsRepeat)> rows = [];

    /// <param name="tag">What the customer has to have at sending; null where any will do.</param>
    public void Add(WaitingCause cause, StatusTag? tag, PlannedAction action, bool isRepeat) => rows.Add((cause, tag, action, isRepeat));

    public Task<int> Insert(NpgsqlConnection connection, CancellationToken cancel) => rows.Count == 0 ? Task.FromResult(0)
        : connection.Execute(
            "campaign_actions_plan", cancel,
            Of(row => row.Cause.CustomerId), Of(row => (short)row.Cause.Kind), Of(row => row.Cause.Number), Of(row => row.Action.Campaign),
            Of(row => (short)row.Action.Step), Of(row => SendKeys.Of(
                row.Cause.CustomerId, row.Cause.Kind, row.Cause.Number, row.Action.Campaign, row.Action.Step)),
            Db.Texts(rows.Select(row => row.Action.Variant)), Of(row => (short)row.Action.Channel), Of(row => (short)row.Action.Kind),
            Db.Texts(rows.Select(row => row.Tag?.Code())), Longs(row => row.Cause.Transition?.Id), Instants(row => row.Action.ScheduledFor),
            Instants(row => row.Cause.DueAt), Instants(row => row.Cause.At), Of(row => row.IsRepeat));

    private T[] Of<T>(Func<(WaitingCause Cause, StatusTag? Tag, PlannedAction Action, bool IsRepeat), T> column) =>
        [.. rows.Select(column)];

    private NpgsqlParameter Instants(
        Func<(WaitingCause Cause, StatusTag? Tag, PlannedAction Action, bool IsRepeat), DateTimeOffset> column) =>
        Db.Instants(rows.Select(column));

    private NpgsqlParameter<long?[]> Longs(Func<(WaitingCause Cause, StatusTag? Tag, PlannedAction Action, bool IsRepeat), long?> column) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, TypedValue = Of(column) };
}

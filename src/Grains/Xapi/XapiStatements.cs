using LStep.Grains.Database;
using LStep.Grains.Privacy;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Xapi;

/// <param name="CustomerId">Whom the actor names; empty for a group.</param>
/// <param name="ToldAt">The timestamp that the sender gave, or null.</param>
/// <param name="Fingerprint">Equal for two that are the same statement but for what a store may add.</param>
/// <param name="Target">The statement that it is about, or null.</param>
/// <param name="Keys">Hashes of what it can be found by.</param>
/// <param name="Named">Customers whom it names beside the actor.</param>
/// <param name="Unknown">Addresses in it that no customer has.</param>
/// <param name="Json">As it is given back.</param>
public sealed record NewStatement(
    Guid Id, string CustomerId, DateTimeOffset? ToldAt, byte[] Fingerprint, bool Voids, Guid? Target, IReadOnlyCollection<long> Keys,
    IReadOnlyCollection<string> Named, IReadOnlyCollection<string> Unknown, string Json);

public sealed record StoredStatement(string Json, DateTimeOffset Stored, bool IsVoided);

/// <summary>A place in the order in which statements are listed.</summary>
public readonly record struct StatementPlace(DateTimeOffset Stored, long Number);

public sealed record ListedStatement(string Json, StatementPlace Place);

/// <summary>What is asked of a list of statements.</summary>
/// <param name="Keys">Hashes all of which have to be of the statement, or of the one that it is about; empty for everything.</param>
/// <param name="After">The place of the last one that was given; null for the first page.</param>
public sealed record StatementQuestion(
    IReadOnlyCollection<long> Keys, DateTimeOffset? Since, DateTimeOffset? Until, bool Ascending, int Limit, StatementPlace? After);

/// <summary>Another statement stands under the id.</summary>
public sealed class StatementConflictException(Guid id) : Exception($"another statement stands under {id}")
{
    public Guid Id { get; } = id;
}

/// <summary>
/// Statements as they were received. One is claimed before its activity is recorded, so that of two under one id only one is, and given
/// back once it was recorded. What a key of another name wrote is not seen.
/// </summary>
public sealed class XapiStatements(PostgresDatabase database, Tombstones tombstones)
{
    /// <summary>
    /// Claims the ids, and answers those whose activities have yet to be recorded: those that are there already, the same, are left out.
    /// </summary>
    /// <exception cref="StatementConflictException">Nothing was claimed.</exception>
    /// <exception cref="ErasedCustomerException">Nothing was claimed.</exception>
    public Task<HashSet<Guid>> Claim(string realm, DateTimeOffset stored, IReadOnlyList<NewStatement> statements) =>
        database.Transaction(async connection =>
        {
            var people = statements.SelectMany(one => one.Named.Append(one.CustomerId)).Where(id => id.Length > 0)
                .Concat(statements.SelectMany(one => one.Unknown).Select(Tombstones.OfAddress)).ToHashSet();
            if ((await tombstones.Enter(connection, people, CancellationToken.None)).Count > 0) throw new ErasedCustomerException();
            var ids = statements.Select(one => one.Id).ToArray();
            await Insert(connection, realm, stored, statements);
            var missing = await Unrecorded(connection, realm, ids, statements);
            if (missing.Count == 0) return missing;
            await connection.Execute("statements_link", CancellationToken.None, realm, ids);
            var named = statements.Where(one => missing.Contains(one.Id)).SelectMany(one => one.Named.Select(id => (id, one.Id))).ToList();
            if (named.Count > 0)
                await connection.Execute(
                    "statements_mention", CancellationToken.None, realm, named.Select(pair => pair.id).ToArray(),
                    named.Select(pair => pair.Id).ToArray());
            return missing;
        });

    public Task Recorded(string realm, IReadOnlyCollection<Guid> ids) => ids.Count == 0 ? Task.CompletedTask
        : database.Use(connection => connection.Execute("statements_recorded", CancellationToken.None, realm, ids.ToArray()));

    /// <summary>Their activities were refused: nothing is left of them.</summary>
    public Task Release(string realm, IReadOnlyCollection<Guid> ids) => ids.Count == 0 ? Task.CompletedTask
        : database.Use(connection => connection.Execute("statements_release", CancellationToken.None, realm, ids.ToArray()));

    public async Task<StoredStatement?> Find(string realm, Guid id, CancellationToken cancel) => (await database.People.Use(
        connection => connection.Rows(
            "statement_by_id", row => new StoredStatement(row.GetString(0), row.Instant(1), row.GetBoolean(2)), cancel, realm, id),
        cancel)).SingleOrDefault();

    public Task<List<ListedStatement>> List(string realm, StatementQuestion question, CancellationToken cancel)
    {
        var after = question.After ?? (question.Ascending
            ? new StatementPlace(DateTimeOffset.MinValue, 0) : new StatementPlace(DateTimeOffset.MaxValue, long.MaxValue));
        List<object> values =
        [
            realm, question.Since ?? DateTimeOffset.MinValue, question.Until ?? DateTimeOffset.MaxValue, after.Stored, after.Number,
            question.Limit,
        ];
        if (question.Keys.Count > 0) values.Add(question.Keys.ToArray());
        return database.People.Use(
            connection => connection.Rows(
                NameOf(question),
                row => new ListedStatement(row.GetString(0), new StatementPlace(row.Instant(1), row.GetInt64(2))), cancel, [.. values]),
            cancel);
    }

    /// <summary>The newest statements about an activity, the newest first.</summary>
    public Task<List<string>> About(string realm, long activity, CancellationToken cancel) => database.People.Use(
        connection => connection.Rows(
            "activity_newest", row => row.GetString(0), cancel, realm, new[] { activity }, XapiLimits.StatementsPerActivityMax), cancel);

    /// <summary>Everything received before this instant is given back by now, or never will be.</summary>
    public Task<DateTimeOffset> ConsistentThrough(string realm, DateTimeOffset now, CancellationToken cancel) => database.People.Use(
        async connection =>
        {
            var oldest = await connection.Value<DateTime?>("statements_under_way", cancel, realm, now - XapiLimits.UnderWayMax);
            return oldest is { } at ? new DateTimeOffset(at).AddMilliseconds(-1) : now;
        }, cancel);

    private static string NameOf(StatementQuestion question) => (question.Ascending, question.Keys.Count > 0) switch
    {
        (true, true) => "statements_oldest_of",
        (true, false) => "statements_oldest",
        (false, true) => "statements_newest_of",
        (false, false) => "statements_newest",
    };

    private static Task<int> Insert(
        NpgsqlConnection connection, string realm, DateTimeOffset stored, IReadOnlyList<NewStatement> statements)
    {
        var keys = statements.SelectMany((one, index) => one.Keys.Select(key => (Place: index + 1, Key: key))).ToList();
        return connection.Execute(
            "statements_claim", CancellationToken.None, realm, stored,
            Db.Texts(statements.Select(one => one.CustomerId)),
            statements.Select(one => one.Id).ToArray(),
            Db.Instants(statements.Select(one => one.ToldAt)),
            statements.Select(one => one.Fingerprint).ToArray(),
            statements.Select(one => one.Voids).ToArray(),
            new NpgsqlParameter<Guid?[]>
            {
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid, TypedValue = [.. statements.Select(one => one.Target)],
            },
            keys.Select(key => key.Place).ToArray(), keys.Select(key => key.Key).ToArray(),
            Db.Texts(statements.Select(one => one.Json)));
    }

    private static async Task<HashSet<Guid>> Unrecorded(
        NpgsqlConnection connection, string realm, Guid[] ids, IReadOnlyList<NewStatement> statements)
    {
        var standing = await connection.Rows(
            "statements_claimed",
            row => (
                Id: row.GetGuid(0), Fingerprint: row.GetFieldValue<byte[]>(1), ToldAt: row.InstantOrNull(2), Recorded: row.GetBoolean(3)),
            CancellationToken.None, realm, ids);
        var byId = standing.ToDictionary(one => one.Id);
        var missing = new HashSet<Guid>();
        foreach (var one in statements)
        {
            // Taken away between the two statements: whoever claimed it was refused.
            if (!byId.TryGetValue(one.Id, out var other)) throw new StatementConflictException(one.Id);
            var isSame = one.Fingerprint.AsSpan().SequenceEqual(other.Fingerprint)
                && (one.ToldAt is null || other.ToldAt is null || one.ToldAt == other.ToldAt);
            if (!isSame) throw new StatementConflictException(one.Id);
            if (!other.Recorded) missing.Add(one.Id);
        }
        return missing;
    }
}

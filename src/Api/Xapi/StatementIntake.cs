using LStep.Api.Ingest;
using LStep.Api.Standards;
using LStep.Domain;
using LStep.Grains.Customers;
using LStep.Grains.People;
using LStep.Grains.Xapi;

namespace LStep.Api.Xapi;

/// <summary>
/// Makes statements durable: their ids are claimed, their activities recorded as the ingest records any, and only then are they stored for
/// good. What a request that broke off left behind is made up by the same request when it comes again.
/// </summary>
public sealed class StatementIntake(XapiStatements store, PeopleByAddress people, TranslatedIntake intake, LearningMap map)
{
    /// <exception cref="InvalidRequestException">
    /// A statement cannot be recorded; none is stored, unless it was the database that refused it.
    /// </exception>
    /// <exception cref="StatementConflictException">Another statement stands under an id; none is stored.</exception>
    /// <exception cref="ErasedCustomerException">A person was erased; none is stored.</exception>
    internal async Task Take(IReadOnlyList<ReceivedStatement> statements, Key key, DateTimeOffset now, CancellationToken cancel)
    {
        var everybody = statements.SelectMany(one => one.Parts.Others.Append(one.Parts.Actor));
        var byAddress = await people.Of([.. everybody.Select(ids => ids.Address).OfType<string>().Distinct()], cancel);
        var events = statements.Select(one => StatementEvents.Of(one, one.Parts.Actor.CustomerIn(byAddress), map)).ToList();
        var told = statements.Zip(events).Where(pair => pair.Second is not null).ToList();
        // Before anything is claimed: what cannot be recorded is refused as a whole.
        Refuse(statements, told, Translated([.. told.Select(pair => pair.Second!)], key, now));

        var unrecorded = await store.Claim(key.Name, now, [.. statements.Select(one => New(one, byAddress))]);
        var waiting = told.Where(pair => unrecorded.Contains(pair.First.Id)).ToList();
        if (waiting.Count > 0) await Record(statements, waiting, unrecorded, key, now);
        await store.Recorded(key.Name, unrecorded);
    }

    private async Task Record(
        IReadOnlyList<ReceivedStatement> all, List<(ReceivedStatement First, LearningEvent? Second)> waiting, HashSet<Guid> unrecorded,
        Key key, DateTimeOffset now)
    {
        var outcomes = await intake.Take(Translated([.. waiting.Select(pair => pair.Second!)], key, now));
        var refused = waiting.Zip(outcomes).Where(pair => pair.Second.IsRefused).ToList();
        if (refused is not [var first, ..]) return;
        var gone = refused.Select(pair => pair.First.First.Id).ToHashSet();
        await store.Release(key.Name, gone);
        unrecorded.ExceptWith(gone);
        await store.Recorded(key.Name, unrecorded);
        if (first.Second.Code == UnreadableCustomerException.Code) throw new UnreadableCustomerException("a statement came for it");
        throw Refusal(all, first.First.First, first.Second.Code ?? "refused", first.Second.Message ?? "The statement was refused.");
    }

    private TranslatedRequest Translated(IReadOnlyList<LearningEvent> events, Key key, DateTimeOffset now) =>
        intake.Read(TrackMessages.Batch(events, intake.Decided), key, now);

    private static void Refuse(
        IReadOnlyList<ReceivedStatement> all, List<(ReceivedStatement First, LearningEvent? Second)> told, TranslatedRequest request)
    {
        foreach (var (parsed, (statement, _)) in request.Events.Zip(told))
            if (parsed.Refusal is { } refusal) throw Refusal(all, statement, refusal.Code, refusal.Message);
    }

    private static InvalidRequestException Refusal(
        IReadOnlyList<ReceivedStatement> all, ReceivedStatement one, string code, string message) =>
        new(all.Count == 1 ? "$" : $"$[{all.Index().First(item => ReferenceEquals(item.Item, one)).Index}]", code, message);

    private static NewStatement New(ReceivedStatement one, IReadOnlyDictionary<string, string> byAddress)
    {
        var subject = one.Json.GetProperty("object");
        Guid? target = StatementCheck.TypeOf(subject) == "StatementRef" ? subject.GetProperty("id").GetGuid() : null;
        var voids = one.Json.GetProperty("verb").GetProperty("id").ValueEquals(StatementCheck.Voided);
        var actor = OfCustomer(one.Parts.Actor.CustomerIn(byAddress));
        // An address that no customer has is known by its letters alone: an erasure looks for it so.
        var named = one.Parts.Others.Select(
            ids => ids.Address is { } address && !byAddress.ContainsKey(address) ? address.ToLowerInvariant() : ids.CustomerIn(byAddress));
        var unknown = one.Parts.Others.Append(one.Parts.Actor).Select(ids => ids.Address).OfType<string>()
            .Where(address => !byAddress.ContainsKey(address)).Distinct();
        return new NewStatement(
            one.Id, actor, one.ToldAt, one.Fingerprint, voids, target, one.Parts.Keys,
            [.. named.Select(OfCustomer).Where(id => id.Length > 0 && id != actor).Distinct()],
            [.. unknown], one.Text);
    }

    /// <summary>Nobody's where no customer can have such an id, nor such an address.</summary>
    private static string OfCustomer(string id) => id.MoreThan(Limits.EmailCharsMax) ? "" : id;
}

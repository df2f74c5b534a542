using LStep.Api.Http;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Reviews;
using LStep.Grains.Rules;
using LStep.Grains.Transitions;
using Microsoft.Extensions.Logging.Abstractions;

namespace LStep.System.Tests.Database;

/// <summary>
/// What is stored by lists of columns, by JSON or packed comes back whole, every property of it, those that are added later too.
/// </summary>
public sealed class RoundTripTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Conditions =
        """{"any":[{"traits.plan":"gold"},{"not":{"customer_tier":{"operator":"in","value":["Pro","Enterprise"]}}}],"sessions_30d":{"operator":"between","value":[1.50,2]}}""";

    private static readonly DateTimeOffset EvaluatedAt = new(2026, 2, 1, 8, 30, 0, 250, TimeSpan.Zero);

    [Fact]
    public async Task A_rule_set()
    {
        var filled = new Filled().With<Rule>("Notification", """{"mail": "team"}""")
            .With<Rule>("Conditions", ((Parsed<Condition>.Ok)ConditionJson.Parse(Conditions)).Value);
        var set = filled.Of<RuleSet>();
        Assert.Equal(2, set.Rules.Length);

        await new RuleSets(postgres.Database).Publish(set, "all of it", batchId: null);

        Assert.Equal(Filled.Told(set), Filled.Told(await new RuleSets(postgres.Database).Newest()));
        var listed = Assert.Single(await new RuleSetReads(postgres.Database).RuleSets(null, 1, default));
        Assert.Equal(
            (set.Version, set.Author, "all of it", set.PublishedAt), (listed.Version, listed.Author, listed.Comment, listed.PublishedAt));
        Assert.Equal(set.Rules.Select(rule => (rule.Id, rule.Name, rule.Priority, rule.Notification)), listed.Rules.Select(
            rule => (rule.Id, rule.Name, rule.Priority, rule.Notification)));
    }

    [Fact]
    public async Task A_whole_step_of_a_customer()
    {
        var filled = new Filled()
            .With<Profile>("Traits", Profile.Empty.Traits.Add("plan", "\"gold\"").Add("n", "[1.50]"))
            .With<OpenReview>("Alerts", 2)
            // Those that are stored, of the instant of the evaluation.
            .With<CustomerState>("EvaluatedAt", EvaluatedAt)
            .With<CustomerState>("Kept", new KeptTags(EvaluatedAt, 0b10_1010, IsWhole: true))
            .With<Activity>("Properties", """{"a":[1.50,"é"]}""");
        var step = Of(filled);

        await using var journal = new Journal(postgres.Database, new Partitions(postgres.Database), NullLogger<Journal>.Instance);
        var committed = Assert.IsType<CommitResult.Committed>(await journal.Commit(step));

        await using var store = new CustomerStore(postgres.Database);
        Assert.Equal(Filled.Told(step.After), Filled.Told(await store.Load("whole")));
        var stored = Assert.Single(
            await postgres.Database.Use(connection => StoredAll.Page(connection, "", default)), all => all.Customer.Id == "whole");
        Assert.Equal((step.NextCheckAt, step.At), (stored.Customer.NextCheckAt, stored.Customer.CreatedAt));
        Assert.Equal(step.Accepted.Select(Filled.Told), stored.Log.Select(entry => Filled.Told(entry.Activity)));
        Assert.Equal([(step.After.Version, 0, step.At), (step.After.Version, 1, step.At)], stored.Log.Select(
            entry => (entry.Version, entry.Sequence, entry.RecordedAt)));
        Assert.Equal([(step.Decisions[0].Number, step.Decisions[0].Json)], stored.Decisions);
        var decision = await new CustomerReads(postgres.Database).Decision("whole", step.Decisions[0].Number, default);
        Assert.Equal((step.Decisions[0].At, step.Decisions[0].Json), (decision!.At, decision.Record));

        var ledger = await new LedgerReads(postgres.Database).OfCustomer("whole", 10, default);
        // The row that is taken back is kept by its id in the ledger; none has this number.
        Assert.Equal(
            committed.Transitions.Select(moved => Filled.Told(moved with { UndoesNumber = null })).Reverse(),
            ledger.Select(row => Filled.Told(row.Transition)));
        Assert.Equal(step.Transitions.Select(moved => Filled.Told(moved with { Id = 0 })), committed.Transitions.Select(
            moved => Filled.Told(moved with { Id = 0 })));

        await Review(step.Reviews[0]);
    }

    /// <summary>Its record leaves out what only the tables keep: so column by column.</summary>
    private async Task Review(ReviewChange review)
    {
        var renamed = new Dictionary<string, string> { ["From"] = "from_tag", ["To"] = "to_tag", ["ClosedAt"] = "decided_at" };
        await using var command = postgres.Database.Source.CreateCommand("SELECT * FROM reviews WHERE customer_id = 'whole'");
        await using var row = await command.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        foreach (var property in Filled.Properties(typeof(ReviewChange)))
        {
            var column = row[renamed.GetValueOrDefault(property.Name) ?? string.Concat(property.Name.Select((letter,
                at) => char.IsUpper(letter) && at > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"))];
            var value = property.GetValue(review) switch
            {
                StatusTag tag => tag.Code(),
                ReviewStatus status => ReviewStatuses.Name(status),
                var other => other,
            };
            Assert.Equal(Filled.Told(value), Filled.Told(column is DateTime at ? new DateTimeOffset(at) : column));
        }
        await row.CloseAsync();
        var read = Assert.Single(await new ReviewReads(postgres.Database).Reviews(new(), null, default, 10, default));
        Assert.Equal(
            (review.Id, review.From, review.To, review.Rule, review.Confidence, review.OpenedAt, review.ClosedAt, review.DecidedBy,
                review.DecisionNumber, review.CloseReason),
            (read.Id, read.From, read.To, read.Rule, read.Confidence, read.OpenedAt, read.DecidedAt, read.DecidedBy, read.DecisionNumber,
                read.CloseReason));
        Assert.Equal(review.Reasons, read.Reasons);
    }

    [Fact]
    public void Nothing_is_left_as_it_would_be_by_itself()
    {
        var state = new Filled().With<Profile>("Traits", Profile.Empty.Traits.Add("a", "1")).Of<CustomerState>();
        Assert.All(Filled.Properties(typeof(Profile)), property => Assert.NotEqual(
            Filled.Told(property.GetValue(Profile.Empty)), Filled.Told(property.GetValue(state.Profile))));
        Assert.All(Filled.Properties(typeof(Lifetime)), property => Assert.NotEqual(
            Filled.Told(property.GetValue(Lifetime.Empty)), Filled.Told(property.GetValue(state.Lifetime))));
        Assert.All(Filled.Properties(typeof(Governance)), property => Assert.NotEqual(
            Filled.Told(property.GetValue(Governance.Empty)), Filled.Told(property.GetValue(state.Governance))));
        Assert.NotEqual(Filled.Told(state.Days[0]), Filled.Told(state.Days[1]));
        Assert.Contains("ConsentEmail: False", Filled.Told(state), StringComparison.Ordinal);
    }

    private static Step Of(Filled filled)
    {
        var after = filled.Of<CustomerState>() with { CustomerId = "whole" };
        var (first, second) = (filled.Of<Transition>(), filled.Of<Transition>());
        return new Step
        {
            Before = null,
            After = after,
            At = filled.Of<DateTimeOffset>(),
            NextCheckAt = filled.Of<DateTimeOffset>(),
            Accepted = [filled.Of<Activity>(), filled.Of<Activity>()],
            Transitions = [first with { CustomerId = "whole" }, second with { CustomerId = "whole" }],
            Decisions = [filled.Of<StoredDecision>() with { Json = """{"a": 1.50}""" }],
            Reviews = [filled.Of<ReviewChange>() with { CustomerId = "whole" }],
        };
    }
}

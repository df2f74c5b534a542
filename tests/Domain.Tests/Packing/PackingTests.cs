using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Domain.Packing;
using LStep.Domain.Tests.Deciding;

namespace LStep.Domain.Tests.Packing;

public class PackingTests
{
    static readonly Governance Governed = new()
    {
        Transitions = 7,
        Decisions = 5,
        Reviews = 2,
        Moves = [new RecentMove(6, null, StatusTag.Active, Given.At("2026-01-01T00:00Z"), TransitionKind.First, false), new RecentMove(
            7, StatusTag.Active, StatusTag.Declining, Given.At("2026-01-02T00:00:00.001Z"), TransitionKind.Automatic, true)],
        DwellFrom = Given.At("2026-01-02T00:00Z"),
        ManualUntil = Given.At("2026-01-09T00:00Z"),
        LockedUntil = Given.At("2027-01-01T00:00Z"),
        Silences = [new Silence(StatusTag.Active, StatusTag.Churned, Given.At("2026-01-16T00:00Z"))],
        Review = new OpenReview
        {
            Id = new Guid("00112233-4455-6677-8899-aabbccddeeff"), From = StatusTag.Active, To = StatusTag.Declining, RuleId = 6,
            Rule = "Silent high-value customer", Confidence = 0.871m, Reasons = ["high_value_at_risk", "approval_required"],
            OpenedAt = Given.At("2026-01-02T00:00Z"), DecisionNumber = 5,
        },
    };

    static string Json<T>(T value) => JsonSerializer.Serialize(value);

    static CustomerState Unpack(byte[] packed, CustomerState like) =>
        StatePacking.Unpack(packed, like.CustomerId, like.Version, like.Profile, like.Recent);

    [Fact]
    public void A_state_comes_back_as_it_was() =>
        Seeded.Holds(Streams.All, stream =>
        {
            var (state, _) = Streams.Arrive(stream);
            state = state with
            {
                Version = 12,
                Tag = StatusTag.Churned,
                PreviousTag = stream.Arrival % 2 == 0 ? StatusTag.ReEngagement : null,
                Governance = stream.Arrival % 3 == 0 ? Governance.Empty : Governed,
                ImportedAt = stream.Arrival % 5 == 0 ? stream.End : null,
                FirstImportAt = stream.Arrival % 5 != 0 ? null : stream.Arrival % 2 == 0 ? stream.End : stream.End.AddMinutes(-9),
            };
            var back = Unpack(StatePacking.Pack(state), state);
            Assert.Equal(Json(state), Json(back));
            Assert.Equal(state.Lifetime.ScoreSum, back.Lifetime.ScoreSum);
            Assert.Equal(Json(state.Recent), Json(StatePacking.UnpackRecent(StatePacking.PackRecent(state.Recent))));
            Assert.Equal(state.Profile.Stamps, StatePacking.UnpackStamps(StatePacking.PackStamps(state.Profile.Stamps)));
        }, 300, Streams.Shorter);

    [Fact]
    public void A_customer_between_its_turns_is_the_same_customer_and_every_turn_comes_out_as_from_its_objects() =>
        Seeded.Holds(Streams.All, stream =>
        {
            var (state, _) = Streams.Arrive(stream);
            state = state with { Version = 7 };
            var resting = new RestingCustomer(state.CustomerId, PackedCustomer.Of(state));
            Assert.Equal(Json(state), Json(resting.Unpack()));
            Assert.NotSame(resting.Unpack(), resting.Unpack());
            Assert.Same(state.Profile, resting.Unpack().Profile);
            var later = stream.End.AddDays(40);
            var book = new Rulebook(DefaultRules.Version1(stream.End), new Policy(), BusinessCalendar.Utc);
            var after = Lifecycle.CatchUp(state, book, later, later).After;
            Assert.Equal(Json(after), Json(Lifecycle.CatchUp(resting.Unpack(), book, later, later).After));
            // What a turn made of it is written over it, whether it is longer or shorter.
            foreach (var next in new[] { after, state with { Recent = RecentMessages.Empty, Days = [] }, state })
            {
                resting.Become(PackedCustomer.Of(next));
                Assert.Equal(Json(next), Json(resting.Unpack()));
            }
        }, 300, Streams.Shorter);

    [Fact]
    public void Kept_behaviour_tags_lie_in_bits_that_the_version_before_passes_over()
    {
        var (state, _) = Streams.Arrive(Streams.All.Sample(1, new Rnd(7), 50)[0]);
        var without = StatePacking.Pack(state);
        foreach (var tags in new[] { 0, 1 << 1, 1 << 3, 1 << 5, 1 << 1 | 1 << 3 | 1 << 5 })
            foreach (var isWhole in new[] { true, false })
            {
                var keeping = state with { Kept = new KeptTags(state.EvaluatedAt, tags, isWhole) };
                var packed = StatePacking.Pack(keeping);
                // The flags of the state follow the number of the format; the version before looks at the first three of them.
                Assert.Equal(without[1] & 7, packed[1] & 7);
                Assert.Equal(without[2..], packed[2..]);
                Assert.Equal(tags == 0 && !isWhole ? null : keeping.Kept, Unpack(packed, state).Kept);
                Assert.Equal(Json(state), Json(Unpack(packed, state) with { Kept = null }));
            }
        Assert.Null(Unpack(without, state).Kept);
    }

    [Fact]
    public void How_often_a_review_has_called_for_attention_comes_back()
    {
        var state = Given.Customer();
        foreach (var alerts in Enumerable.Range(0, 3))
        {
            var governed = state with { Governance = Governed with { Review = Governed.Review! with { Alerts = alerts } } };
            Assert.Equal(alerts, Unpack(StatePacking.Pack(governed), governed).Governance.Review!.Alerts);
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0.001")]
    [InlineData("75.50")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("-7.9228162514264337593543950335")]
    public void A_decimal_keeps_its_value_and_its_digits(string text)
    {
        var value = decimal.Parse(text);
        var state = Given.Customer() with { Lifetime = Lifetime.Empty with { ScoreSum = value, BestFinal = value } };
        var back = Unpack(StatePacking.Pack(state), state).Lifetime;
        Assert.Equal(text, back.ScoreSum.ToString());
        Assert.Equal(text, back.BestFinal.ToString());
    }

    [Fact]
    public void Anything_else_is_refused_as_corrupt()
    {
        var (state, _) = Streams.Arrive(Streams.All.Sample(1, new Rnd(7), 50)[0]);
        var packed = StatePacking.Pack(state with { Governance = Governed });
        foreach (var (packing, bytes) in new (Action<byte[]> Unpack, byte[] Bytes)[]
        {
            (bytes => Unpack(bytes, state), packed),
            (bytes => StatePacking.UnpackRecent(bytes), StatePacking.PackRecent(state.Recent)),
            (bytes => StatePacking.UnpackStamps(bytes), StatePacking.PackStamps(
                Profile.Empty.Stamps.Add("a", new Stamp(state.TagSince, "m")))),
        })
        {
            for (var length = 1; length < bytes.Length; length++) Assert.Throws<InvalidDataException>(() => packing(bytes[..length]));
            Assert.Throws<InvalidDataException>(() => packing([.. bytes, 0]));
            Assert.Throws<InvalidDataException>(() => packing([99, .. bytes[1..]]));
            var random = new Random(7);
            for (var i = 0; i < 3_000; i++)
            {
                var broken = bytes.ToArray();
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
                // A changed byte may well mean another state; it must not mean another kind of failure.
                if (Record.Exception(() => packing(broken)) is { } failure) Assert.IsType<InvalidDataException>(failure);
            }
        }
    }

    /// <summary>Format 2 says the length first; what it would be for does not matter here.</summary>
    static readonly PackFormat<string>
        First = new((ref PackWriter writer, string text) => writer.Text(text), (ref PackReader reader) => reader.Text()),
        Second = new(
            (ref PackWriter writer, string text) =>
            {
                writer.Count(text.Length);
                writer.Text(text);
            },
            (ref PackReader reader) => reader.Count() is var length && reader.Text() is var text && text.Length == length ? text
                : throw PackReader.Corrupt("another length"));

    [Fact]
    public void A_rolling_upgrade_to_a_new_format_takes_two_versions_and_each_reads_what_its_neighbour_writes()
    {
        PackedForm<string> before = new(1, First), learning = new(1, First, Second), using2 = new(2, First, Second);
        Assert.Equal("é", learning.Unpack(before.Pack("é")));
        Assert.Equal("é", before.Unpack(learning.Pack("é")));
        Assert.Equal("é", using2.Unpack(learning.Pack("é")));
        Assert.Equal("é", learning.Unpack(using2.Pack("é")));
        Assert.Equal("é", using2.Unpack(before.Pack("é")));
        Assert.Equal((1, 1, 2), (before.Pack("")[0], learning.Pack("")[0], using2.Pack("")[0]));
        Assert.Throws<InvalidDataException>(() => before.Unpack(using2.Pack("é")));
        Assert.Throws<InvalidDataException>(() => using2.Unpack([0, 0]));
        Assert.Throws<InvalidDataException>(() => using2.Unpack([3, 0]));
        Assert.Throws<InvalidDataException>(() => using2.Unpack([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PackedForm<string>(2, First));
    }

    /// <summary>What the versions of the product wrote; rows like these lie in every installation.</summary>
    [Fact]
    public void Rows_of_every_format_are_read_and_those_of_the_newest_written_as_ever()
    {
        var state = Given.Customer() with { Tag = StatusTag.Churned, PreviousTag = StatusTag.ReEngagement, ImportedAt = Given.At(
            "2026-01-03T00:00Z"), FirstImportAt = Given.At("2026-01-03T00:00Z"), Governance = Governed };
        state = state.With("2026-01-20T00:00Z",
            Given.An(ActivityType.Login, "2026-01-15T08:30Z"),
            Given.An(ActivityType.FeatureUse, "2026-01-16T08:30Z") with { Subject = "f" },
            Given.An(ActivityType.AssessmentTaken, "2026-01-16T08:40Z") with { Score = 75.5m }) with { Kept = null };
        var stamps = Profile.Empty.Stamps.Add("a", new Stamp(Given.At("2026-01-03T00:00Z"), "m"))
            .Add("b", new Stamp(Given.At("2026-01-03T00:00Z"), "m"));
        Assert.Equal(Json(state), Json(Unpack(Convert.FromHexString(State1), state)));
        state = state.With("2026-01-20T00:00Z",
            Given.An(ActivityType.ModuleCompleted, "2026-01-16T08:50Z") with { Subject = "m" },
            Given.An(ActivityType.LessonCompleted, "2026-01-16T08:55Z") with { Subject = "l" }) with { Kept = null };
        Assert.Equal(State2, Convert.ToHexString(StatePacking.Pack(state)));
        Assert.Equal(Json(state), Json(Unpack(Convert.FromHexString(State2), state)));
        var recent = new RecentMessages([new MessageHour(490_000, [1, 0x0102030405060708])], UnlistedHour: 490_001);
        Assert.Equal(Recent1, Convert.ToHexString(StatePacking.PackRecent(recent)));
        Assert.Equal(Json(recent), Json(StatePacking.UnpackRecent(Convert.FromHexString(Recent1))));
        Assert.Equal(Stamps1, Convert.ToHexString(StatePacking.PackStamps(stamps)));
        Assert.Equal(stamps, StatePacking.UnpackStamps(Convert.FromHexString(Stamps1)));
    }

    const string State1 =
        "01030680A0D5EDEE6680A0D5EDEE66058080BB92F06601CAEB1036C8102F2502AE922D0180AD971D00000101010180AD971D809F490100" +
        "9980010201010101F305030000010101F305080F80EDB48CF86680EDB48CF86680FCB0DFF86680EDB48CF8660705020F809088C0EF6680" +
        "A0EC80F46680D0DEE8D96833221100554477668899AABBCCDDEEFF01040C1A53696C656E7420686967682D76616C756520637573746F6D" +
        "657203E7060212686967685F76616C75655F61745F7269736B11617070726F76616C5F7265717569726564809088C0EF66050206000180" +
        "A0D5EDEE660000070104829088C0EF66010101010680B0D0C1F866";

    const string State2 =
        "02030680A0D5EDEE6680A0D5EDEE66058080BB92F06601CAEB1036C8102F2502AE922D0180AD971D00000101010180AD971DC08DB70101" +
        "00DD80030401010101010101F30590CA09E6C086ACAC050101010101F305080F80EDB48CF86680EDB48CF866C0EA9EE0F86680EDB48CF8" +
        "6601310CD75D7A6AC662809BFADFF8660705020F809088C0EF6680A0EC80F46680D0DEE8D96833221100554477668899AABBCCDDEEFF01" +
        "040C1A53696C656E7420686967682D76616C756520637573746F6D657203E7060212686967685F76616C75655F61745F7269736B116170" +
        "70726F76616C5F7265717569726564809088C0EF66050206000180A0D5EDEE660000070104829088C0EF66010101010680B0D0C1F866";

    const string Recent1 = "01A2E83B01A0E83B0201000000000000000807060504030201", Stamps1 = "01018080BB92F066016D02016100016200";

    /// <summary>Every bound of <see cref="Limits"/> reached at once, in the bytes that take the most room.</summary>
    [Fact]
    public void A_customer_with_every_field_filled_to_the_brim_has_its_bound()
    {
        var now = Given.At("2026-03-30T23:00Z");
        var random = new Random(7);
        ulong[] Hashes(int count) => [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64() << 1).Order()];
        string Long(int chars, int number) => new string('漢', chars - 5) + number.ToString("D5");
        var state = Given.Customer() with
        {
            Governance = Governed,
            Days = [.. Enumerable.Range(0, Limits.WindowDays).Select(age => new DayWindow
            {
                Date = new DateOnly(2026, 3, 1).AddDays(age),
                Sessions = [.. Enumerable.Range(0, 47).Select(half => now.AddDays(age - 30).AddMinutes(31 * half)).Select(
                    at => new SessionRun(at, at))],
                Features = [.. Hashes(Limits.FeaturesPerDayMax)], LessonIds = [.. Hashes(Limits.LessonsPerDayMax)],
                PageViews = int.MaxValue, Lessons = int.MaxValue, Assessments = int.MaxValue, ScoredAssessments = int.MaxValue,
                ScoreSum = decimal.MaxValue, FinalAssessments = int.MaxValue, Modules = int.MaxValue, Posts = int.MaxValue,
                Comments = int.MaxValue, Questions = int.MaxValue, Answers = int.MaxValue, Activities = int.MaxValue,
                MobileActivities = int.MaxValue, VideoActivities = int.MaxValue, SupportTickets = int.MaxValue,
            })],
            Lifetime = Lifetime.Empty with
            {
                CompletedModules = [.. Hashes(Limits.ModulesPerCustomerMax).Select(hash => new CompletedModule(hash, now))],
                CurriculumCompletion = new Latest<decimal>(now, Long(Limits.MessageIdCharsMax, 1), 99.9999m),
                Nps = new Latest<decimal>(now, Long(Limits.MessageIdCharsMax, 1), 9.9999m),
            },
            Recent = new RecentMessages([.. Enumerable.Range(0, 49).Select(hour => new MessageHour(490_000 + hour, [.. Hashes(
                Limits.RecentMessagesMax / 49 + 1)]))], 490_000),
        };
        // As senders would do it: through the ingest's messages of 32 KB, until nothing more is taken.
        state = state with { EvaluatedAt = now };
        for (var i = 0; i < 40; i++)
        {
            var id = Long(Limits.MessageIdCharsMax, i);
            string[] names = [.. Enumerable.Range(100 * i, 60).Select(n => Long(Limits.TraitNameCharsMax, n))];
            string Traits(string value) => "{" + string.Join(',', names.Select(name => $"\"{name}\":{value}")) + "}";
            state = state.With("2026-03-30T23:00Z", Given.Identify("2026-03-30T22:00Z", Traits("null"), id));
            state = state.With(
                "2026-03-30T23:00Z", Given.Identify("2026-03-30T22:30Z", Traits($"\"{new string('x', 40)}\""), $"{id[..^1]}x"));
        }
        var texts = 4 * (Limits.EmailCharsMax + Limits.NameCharsMax + Limits.TimezoneCharsMax + Limits.LocaleCharsMax
            + Limits.CustomerIdCharsMax);
        int[] parts = [StatePacking.Pack(state).Length, StatePacking.PackRecent(state.Recent).Length,
            StatePacking.PackStamps(state.Profile.Stamps).Length, Encoding.UTF8.GetByteCount(Views.Json(state.Profile.Traits)), texts];
        Assert.True(parts.Sum() is > Limits.CustomerRowBytesMax / 2 and <= Limits.CustomerRowBytesMax, string.Join(" + ", parts));
    }

    [Fact]
    public void A_typical_learner_is_small()
    {
        var activities = Enumerable.Range(0, 10).SelectMany(day => Enumerable.Range(0, 12).Select(i => Given.An(
            (i % 6) switch { 0 => ActivityType.Login, 1 => ActivityType.LessonCompleted, 2 => ActivityType.FeatureUse, 3 =>
                ActivityType.AssessmentTaken, _ => ActivityType.PageView },
            Given.At("2026-03-01T09:17:33.251Z").AddDays(2 * day).AddMinutes(i * 17 + (i > 6 ? 90 : 0)).ToString("O")) with
        {
            Subject = $"feature-{(day + i) % 6}",
            Score = 70 + i,
            Mobile = i % 3 == 0,
        })).ToArray();
        var state = Given.Customer().With("2026-03-30T00:00Z", activities);
        Assert.Equal(10, state.Days.Length);
        Assert.InRange(StatePacking.Pack(state with { Governance = Governed with { Review = null } }).Length, 1, 600);
    }

    [Fact]
    public void Every_field_of_governance_has_its_place()
    {
        var governed = Governed with { Withheld = new Withheld(3, StatusTag.Declining, "locked") };
        var state = Given.Customer() with { Governance = governed };
        Assert.Equal(Json(governed), Json(Unpack(StatePacking.Pack(state), state).Governance));
        // A new property must be set above, so that the packing cannot forget it.
        Assert.All(typeof(Governance).GetProperties().Where(property => property.SetMethod is not null), property =>
            Assert.NotEqual(Json(property.GetValue(Governance.Empty)), Json(property.GetValue(governed))));
    }
}

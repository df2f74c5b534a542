using System.Collections;
using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace LStep.Cluster.Tests;

/// <summary>Between two silos everything is bytes.</summary>
public sealed class WireTests
{
    private static readonly Serializer Serializer = new ServiceCollection()
        .AddSerializer(parts => parts.AddAssembly(typeof(ICustomerGrain).Assembly)).BuildServiceProvider().GetRequiredService<Serializer>();

    public static TheoryData<Exception> Failures =>
    [
        new OverloadedException("full"), new StorageUnavailableException("away"), new TimeoutException("late"),
    ];

    [Theory, MemberData(nameof(Failures))]
    public void A_failure_keeps_its_type_and_its_words(Exception failure)
    {
        var arrived = Serializer.Deserialize<Exception>(Serializer.SerializeToArray(failure))!;

        Assert.Equal((failure.GetType(), failure.Message), (arrived.GetType(), arrived.Message));
    }

    [Fact]
    public void An_activity_arrives_with_every_field()
    {
        var at = new DateTimeOffset(2026, 3, 2, 9, 0, 0, 123, TimeSpan.Zero);
        var sent = new Activity
        {
            MessageId = "m", Type = ActivityType.AssessmentTaken, Event = "Quiz Completed", OccurredAt = at, ReceivedAt = at.AddSeconds(1),
            Subject = "s", Score = 87.5m, Final = true, CurriculumCompletion = 12.25m, Count = 3, Mobile = true,
            Origin = ActivityOrigin.Import,
            Properties = """{"a":[1,"é"]}""", AnonymousId = "anon", BatchNumber = 7,
        };
        Assert.DoesNotContain(typeof(Activity).GetProperties(), property => IsUnset(property.GetValue(sent)));

        var arrived = Serializer.Deserialize<ImmutableArray<Activity>>(Serializer.SerializeToArray(ImmutableArray.Create(sent)));

        Assert.Equal(sent, Assert.Single(arrived));
    }

    private static bool IsUnset(object? value) => value is null or "" or 0 or false or ICollection { Count: 0 };
}

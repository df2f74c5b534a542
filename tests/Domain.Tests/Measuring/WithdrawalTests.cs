using FsCheck;
using FsCheck.Fluent;
using LStep.Domain.Measuring;

namespace LStep.Domain.Tests.Measuring;

public class WithdrawalTests
{
    [Theory]
    [InlineData("email", false, true, true)]
    [InlineData("E-Mail", false, true, true)]
    [InlineData(null, false, true, true)]
    [InlineData("push", true, false, true)]
    [InlineData("Push Notification", true, false, true)]
    [InlineData("in_app", true, true, false)]
    [InlineData("In-App Message", true, true, false)]
    [InlineData("all", false, false, false)]
    [InlineData("sms", true, true, true)]
    [InlineData("newsletter 7", true, true, true)]
    public void Unsubscribing_withdraws_the_consent_of_its_channel(string? channel, bool email, bool push, bool inApp)
    {
        var profile = Given.Customer().With("2026-06-01T00:00Z", Unsubscribed("2026-01-02T00:00Z", channel)).Profile;
        Assert.Equal((email, push, inApp), (profile.ConsentEmail, profile.ConsentPush, profile.ConsentInApp));
        Assert.Empty(profile.Traits);
    }

    [Fact]
    public void A_later_yes_is_heard_and_an_earlier_one_that_arrives_late_is_not()
    {
        var out1 = Unsubscribed("2026-01-02T00:00Z", "email");
        var later = Given.Identify("2026-01-03T00:00Z", """{"consent":{"email":true}}""");
        var earlier = Given.Identify("2026-01-01T00:00Z", """{"consent":{"email":true}}""");
        Assert.True(Given.Customer().With("2026-06-01T00:00Z", out1, later).Profile.ConsentEmail);
        Assert.False(Given.Customer().With("2026-06-01T00:00Z", out1, earlier).Profile.ConsentEmail);
    }

    [Fact]
    public void The_profile_comes_out_the_same_in_any_order()
    {
        var one = Gen.Elements("email", "push", "inapp", "all").SelectMany(channel => Gen.Choose(1, 6).SelectMany(day =>
            Gen.Elements(true, false).Select(isIdentify => isIdentify
                ? Given.Identify($"2026-01-0{day}T00:00Z", $$"""{"consent.{{channel}}":true}""", $"m-{day}-{channel}")
                : Unsubscribed($"2026-01-0{day}T00:00Z", channel, $"o-{day}-{channel}"))));
        Prop.ForAll(one.ArrayOf().ToArbitrary(), activities =>
        {
            var forth = Given.Customer().With("2026-06-01T00:00Z", activities).Profile;
            var back = Given.Customer().With("2026-06-01T00:00Z", [.. activities.Reverse()]).Profile;
            return (forth.ConsentEmail, forth.ConsentPush, forth.ConsentInApp) == (back.ConsentEmail, back.ConsentPush, back.ConsentInApp);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_counts_as_nothing_changes_nothing_but_when_the_customer_was_first_seen()
    {
        var state = Given.Customer().With("2026-06-01T00:00Z", Given.An(ActivityType.NoActivity, "2026-01-02T00:00Z"));
        Assert.Equal(Lifetime.Empty with { FirstEventAt = Given.At("2026-01-02T00:00Z") }, state.Lifetime);
        Assert.Empty(state.Days);
    }

    static Activity Unsubscribed(string at, string? channel, string? id = null) =>
        Given.An(ActivityType.Unsubscribed, at, id) with { Subject = channel };
}

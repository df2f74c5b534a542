using System.Text.Json;
using LStep.Domain.Measuring;
using LStep.Domain.Tests.Deciding;

namespace LStep.Domain.Tests.Measuring;

public class ViewsTests
{
    [Fact]
    public void A_view_shows_profile_scores_every_metric_indicators_and_tags()
    {
        var now = Given.At("2026-03-31T12:00Z");
        var state = Given.Customer().With("2026-03-31T12:00Z",
            Given.Identify("2026-03-30T08:00Z",
                """{"email":"a@example.org","plan":"Enterprise","ltv":8000,"a \"quoted\" name":[1, {"b":null}],"city":"Kyōto"}"""),
            Given.An(ActivityType.Login, "2026-03-30T10:00Z"),
            Given.An(ActivityType.LessonCompleted, "2026-03-31T10:00Z"));
        var view = Views.Of(state, BusinessCalendar.Utc, now, now.AddHours(2));
        Assert.Equal(
            ("c-1", "a@example.org", "Enterprise", "PT_002", 8000m), (view.Id, view.Email, view.Tier, view.ProductTag, view.LtvValue));
        Assert.Equal("Kyōto", JsonElement.Parse(view.Traits).GetProperty("city").GetString());
        Assert.Equal(JsonValueKind.Array, JsonElement.Parse(view.Traits).GetProperty("a \"quoted\" name").ValueKind);
        // 20.25 and 25, and 20.25 and 0, over two observed days
        Assert.Equal(new ScoresView(20, 12.5m, 0, 13, "stable"), view.Scores);
        Assert.Equal(Metrics.All.Length, view.Metrics.Count);
        Assert.Equal(1, view.Metrics["lessons_completed_7d"].Number);
        Assert.False(view.Metrics["churn_probability"].HasValue);
        Assert.Equal(["low_engagement high", "learning_stagnation medium", "activity_decline medium"], view.RiskIndicators.Select(
            one => $"{one.Type} {one.Severity}"));
        Assert.Equal(Given.At("2026-03-31T10:00Z"), view.LastLoginAt);
        Assert.Equal(now.AddHours(2), view.NextCheckAt);
    }

    [Fact]
    public void A_lock_that_is_over_is_not_shown()
    {
        var state = Given.Customer() with { Governance = Governance.Empty with { LockedUntil = Given.At("2026-03-31T12:00Z") } };
        Assert.NotNull(Views.Of(state, BusinessCalendar.Utc, Given.At("2026-03-31T11:59Z"), null).LockedUntil);
        Assert.Null(Views.Of(state, BusinessCalendar.Utc, Given.At("2026-03-31T12:00Z"), null).LockedUntil);
    }
}

using LStep.Api.Customers;

namespace LStep.System.Tests.Customers;

public sealed class PathIdTests
{
    [Theory]
    [InlineData("/api/customers/plain", "plain")]
    [InlineData("/api/customers/a%2Fb/metrics?from=2026-01-01", "a/b")]
    [InlineData("/api/customers/a%252Fb", "a%2Fb")]
    [InlineData("/API/Customers/%E6%97%A5%20x+y", "日 x+y")]
    [InlineData("http://host/api/customers/1%3F2/timeline", "1?2")]
    [InlineData("/api/reviews/7/approve", null)]
    public void An_id_is_decoded_exactly_once(string target, string? id) => Assert.Equal(id, PathIds.FromTarget(target));
}

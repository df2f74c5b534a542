using Microsoft.AspNetCore.Http;

namespace LStep.Api.Http;

/// <summary>The query parameter "at": an instant that has been.</summary>
public static class PastInstant
{
    private const string Name = "at";

    public static QueryParameter Parameter { get; } = QueryParameter.Instant(Name);

    /// <summary>False where it was not given. An empty one is unreadable: the present would be another answer than was asked for.</summary>
    public static bool IsGiven(HttpContext http) => http.Request.Query.ContainsKey(Name);

    /// <summary>What is wrong with it, or null.</summary>
    public static UnprocessableProblem? Read(HttpContext http, DateTimeOffset now, out DateTimeOffset at)
    {
        if (!Instants.TryParse(http.Request.Query[Name], out at))
            return new UnprocessableProblem(new InputError(
                Name, "bad_instant", "at is one instant in ISO-8601, such as 2026-01-02T03:04:05Z; a + in it is written %2B."));
        return at <= now ? null
            : new UnprocessableProblem(new InputError(Name, "in_the_future", $"at lies ahead; it is {Json.Instant(now)} now."));
    }
}

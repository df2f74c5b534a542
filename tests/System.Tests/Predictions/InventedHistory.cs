using System.Net.Http.Json;
using System.Text.Json;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Predictions;

/// <summary>
/// Learners of two kinds, as an installation imports them: the even ones learn daily for three weeks and pause for three, the odd ones come
/// every tenth day and never fall silent. Whoever knows only that many activities are a good sign is wrong about both.
/// </summary>
internal static class InventedHistory
{
    public const int Learners = 560;
    public const int Days = 91;

    private const int PerRequest = 1_000;

    public static async Task Import(LStepHost host, DateTimeOffset end, int learners = Learners, int days = Days)
    {
        var messages = Enumerable.Range(0, learners).SelectMany(learner => Of(learner, end.AddDays(-days), days));
        foreach (var batch in messages.Chunk(PerRequest))
        {
            using var answer = await host.Ingest.PostAsJsonAsync("/v1/import", new { batch });
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    public static string Name(int learner) => $"learner-{learner:0000}";

    /// <summary>The end of a training that is asked for over the API.</summary>
    public static async Task<JsonElement> Train(LStepHost host)
    {
        using var answer = await host.Client.PostAsync("/api/predictions/training", null);
        Assert.Equal(202, (int)answer.StatusCode);
        return await Over(host, (await answer.Json()).GetProperty("id").GetString()!);
    }

    public static async Task<JsonElement> Over(LStepHost host, string id)
    {
        JsonElement run = default;
        await Signals.UntilAsync(async () =>
        {
            run = (await host.Get("/api/predictions/training")).GetProperty("items").EnumerateArray()
                .Single(one => one.GetProperty("id").GetString() == id);
            return run.GetProperty("finishedAt").ValueKind != JsonValueKind.Null;
        });
        return run;
    }

    private static IEnumerable<object> Of(int learner, DateTimeOffset begin, int days) =>
        Enumerable.Range(0, days).Where(day => day == 0 || IsActive(learner, day))
            .Select(day => Track(Name(learner), "Logged In", begin.AddDays(day).AddMinutes(learner)));

    private static bool IsActive(int learner, int day) =>
        learner % 2 == 0 ? (day + learner * 5) % 42 < 21 : (day + learner) % 10 == 0;
}

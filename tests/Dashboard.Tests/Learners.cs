using System.Net.Http.Json;

namespace LStep.Dashboard.Tests;

/// <summary>Learners as a course platform would send them.</summary>
public static class Learners
{
    /// <summary>A new customer, who starts in ST_001.</summary>
    public static Task Enrol(this LStepHost host, string id, string name, string plan = "Pro") => host.Post(
        new { type = "identify", userId = id, traits = new { name, email = id + "@example.com", plan, ltv = 900 } },
        Track(id, "Logged In", new { }));

    /// <summary>Two modules and a good score: rule 1 moves the customer to ST_002.</summary>
    public static Task CompleteModules(this LStepHost host, string id) => host.Post(
        Track(id, "Lesson Completed", new { lessonId = "lesson-1" }),
        Track(id, "Assessment Taken", new { score = 92 }),
        Track(id, "Module Completed", new { moduleId = "module-1", curriculumCompletion = 20 }),
        Track(id, "Module Completed", new { moduleId = "module-2", curriculumCompletion = 40 }));

    /// <summary>Sends a score that cannot be, which is refused; answers when it is listed.</summary>
    public static async Task Refuse(this LStepHost host, string messageId, string id)
    {
        var message = new { type = "track", userId = id, messageId, @event = "Quiz Completed", properties = new { score = 1e15 } };
        using var answer = await host.Ingest.PostAsJsonAsync("/v1/batch", new { batch = new[] { message } });
        Assert.Contains("rejected", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static object Track(string id, string happened, object properties) =>
        new { type = "track", userId = id, @event = happened, properties };
}

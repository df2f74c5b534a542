using System.Globalization;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Api.Reviews;
using LStep.Grains.Campaigns.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Campaigns;

using Changed = Results<Ok<TaskRow>, NotFoundProblem, ConflictProblem, UnprocessableProblem>;

/// <summary>What people have to do for customers.</summary>
public static class TasksApi
{
    private const string OpenList = "open tasks", AllList = "tasks";
    private const string Open = "open", Done = "done";
    private const int NoteCharsMax = 2_000;
    private const int AssigneeCharsMax = 256;
    private static readonly string[] Statuses = [Open, Done];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/tasks", Page).WithName("listTasks").WithTags("Campaigns")
            .WithSummary("List tasks")
            .WithDescription("With status open the most pressing first and those without a date last; else newest first.")
            .WithMetadata(
                QueryParameter.OneOf("status", Statuses), QueryParameter.Text("assignee"), QueryParameter.Text("customer"),
                QueryParameter.Cursor, QueryParameter.Limit());

        var people = api.MapGroup("").RequireAuthorization(Policies.Success);
        people.MapPost("/tasks/{id}/complete", Complete).WithName("completeTask").WithTags("Campaigns")
            .WithSummary("Complete a task").WithDescription("409 says who had completed it before.");
        people.MapPatch("/tasks/{id}", Assign).WithName("assignTask").WithTags("Campaigns")
            .WithSummary("Give a task to somebody").WithDescription("409 says who has completed it.");
    }

    private static async Task<Results<Ok<Page<TaskRow>>, BadRequestProblem>> Page(HttpContext http, TaskReads reads)
    {
        var query = new QueryReader(http);
        var status = query.OneOf("status", Statuses);
        var filter = new TaskFilter(query.Text("assignee"), query.Text("customer"));
        var list = status == Open ? OpenList : AllList;
        var place = query.Cursor(list, 2);
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var id = place is null ? (long?)null : long.Parse(place[1]);
        var due = place is null or ["", _] ? (DateTimeOffset?)null : DateTimeOffset.ParseExact(place[0], "O", CultureInfo.InvariantCulture);
        var rows = status == Open
            ? await reads.Open(filter, id is { } last ? (due, last) : null, limit + 1, http.RequestAborted)
            : await reads.Page(filter, status == Done, id ?? long.MaxValue, limit + 1, http.RequestAborted);
        return TypedResults.Ok(Cursors.Page(
            rows, limit, TaskRow.Of, row => query.CursorOf(list, row.DueAt?.ToString("O") ?? "", row.Id.ToString())));
    }

    private static async Task<Changed> Complete(string id, NoteBody? body, TaskActs acts, HttpContext http) =>
        TextField.WhyNot("$.note", body?.Note, NoteCharsMax) is { } wrong ? new UnprocessableProblem(wrong)
        : !IsId(id, out var known) ? new NotFoundProblem("task")
        : Answer(await acts.Complete(known, body?.Note, http.Caller().Key.Person, http.RequestAborted));

    private static async Task<Changed> Assign(string id, TaskPatch body, TaskActs acts, HttpContext http) =>
        TextField.WhyNot("$.assignee", body.Assignee, AssigneeCharsMax, required: true) is { } wrong ? new UnprocessableProblem(wrong)
        : !IsId(id, out var known) ? new NotFoundProblem("task")
        : Answer(await acts.Assign(known, body.Assignee!, http.Caller().Key.Person, http.RequestAborted));

    private static Changed Answer(TaskActedOn result) => result switch
    {
        { Task: null } => new NotFoundProblem("task"),
        { Done: true, Task: var task } => TypedResults.Ok(TaskRow.Of(task)),
        { Task: var task } => new ConflictProblem("task_completed", $"{task.CompletedBy} has completed it at {task.CompletedAt:u}."),
    };

    private static bool IsId(string id, out long known) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out known);
}

/// <param name="ActionId">The action that it came by.</param>
/// <param name="Task">In a line.</param>
/// <param name="Detail">What is known of the customer and the reason.</param>
/// <param name="Priority">urgent, high, normal or low, or what a campaign's payload says.</param>
/// <param name="DueAt">Null where nothing presses.</param>
/// <param name="CompletedAt">Null while it waits.</param>
public sealed record TaskRow(
    long Id, string CustomerId, long ActionId, string Assignee, string Task, string Detail, string Priority, DateTimeOffset CreatedAt,
    DateTimeOffset? DueAt, DateTimeOffset? CompletedAt, string? CompletedBy, string? Note)
{
    public static TaskRow Of(HumanTask task) => new(
        task.Id, task.CustomerId, task.ActionId, task.Assignee, task.Task, task.Detail, task.Priority, task.CreatedAt, task.DueAt,
        task.CompletedAt, task.CompletedBy, task.Note);
}

/// <param name="Assignee">A person or a team.</param>
public sealed record TaskPatch(string? Assignee = null);

using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Grains.People;

namespace LStep.Api.Assistants;

/// <summary>What an assistant can do: each is a call of the API, or two.</summary>
/// <param name="Least">Whoever has less is not shown the tool; the API refuses the call in any case.</param>
/// <param name="Would">Of a tool that changes something: what it would do, for the person who is asked. Null of one that reads.</param>
internal sealed record AssistantTool(
    string Name, string Title, string Description, Role Least, ImmutableArray<Argument> Arguments, Func<ToolCall, Task<ApiAnswer>> Run,
    Func<ToolCall, Task<Would>>? Would = null)
{
    public bool Writes => Would is not null;
}

/// <param name="Refused">Why there is nothing to ask about; null where there is.</param>
internal sealed record Would(string Text, ApiAnswer? Refused = null);

internal static class Tools
{
    private const string CustomerId = "customer_id";
    private const string ReviewId = "review_id";
    private const string TransitionId = "transition_id";

    private static readonly string[] Tags = [.. StatusTags.All.Select(tag => tag.Code())];

    private static readonly Argument Customer = Argument.Text(CustomerId, "The customer's id, as find_customers gives it.", true);
    private static readonly Argument Note = Argument.Text("note", "Why; it stands beside the decision.");
    private static readonly Argument Cursor = Argument.Text("cursor", "What the answer before gave as next, for the items after it.");
    private static readonly Argument Limit = Argument.Whole("limit", "How many items, 1 to 50; 10 without it.");

    public static ImmutableArray<AssistantTool> All { get; } =
    [
        new("find_customers", "Find customers", "Customers by name, email or id, by tag, tier or risk indicator.", Role.Viewer,
            [
                Argument.Text("query", "A part of a name, an email or an id."), Argument.Text("tag", "The status tag.", false, Tags),
                Argument.Text("tier", "The tier.", false, "Freemium", "Pro", "Enterprise"),
                Argument.Text("risk", "A risk indicator that is raised, such as login_gap."), Cursor, Limit,
            ],
            call => call.Get("/api/customers", ("q", call.Text("query")), ("tag", call.Text("tag")), ("tier", call.Text("tier")),
                ("risk", call.Text("risk")), ("cursor", call.Text("cursor")), ("limit", call.Limit))),
        new("get_customer", "Look at a customer", "Profile, status, scores, metrics, risk indicators, open review, latest moves.",
            Role.Viewer, [Customer], call => call.Get("/api/customers/" + call.Segment(CustomerId))),
        new("customer_history", "What happened to a customer", "The timeline: moves, reviews, messages and notes, the newest first.",
            Role.Viewer, [Customer, Cursor, Limit],
            call => call.Get(
                $"/api/customers/{call.Segment(CustomerId)}/timeline", ("cursor", call.Text("cursor")), ("limit", call.Limit))),
        new("explain_status", "Explain a status",
            "Why a customer has its tag: the latest move with its stored decision, and what the rules say now.", Role.Viewer, [Customer],
            Explanations.OfStatus),
        new("what_would_change", "What would change a status",
            "The moves that are possible, and of each rule the clauses that are missing: metric, threshold, observed value.", Role.Viewer,
            [Customer], Explanations.OfChange),
        new("get_kpis", "Key figures", "KPIs with value, goal, baseline and trend over a range of business days.", Role.Viewer,
            [Argument.Text("from", "First business day, such as 2026-01-01."), Argument.Text("to", "Last business day.")],
            Explanations.OfKpis),
        new("list_reviews", "List reviews", "Recommended moves that wait for a person, with their reasons; or decided ones.", Role.Viewer,
            [Argument.Text("status", "open without it.", false, "open", "approved", "rejected", "superseded", "withdrawn"), Cursor, Limit],
            call => call.Get("/api/reviews", ("status", call.Text("status") ?? "open"), ("cursor", call.Text("cursor")),
                ("limit", call.Limit))),
        new("list_rules", "List the rules", "The transition rules in force, with conditions and priorities.", Role.Viewer, [],
            call => call.Get("/api/rules")),
        new("dry_run_rule", "Try a rule",
            "What would happen if a rule were added to the active set, or took the place of the one of its name: moves, reviews and "
            + "messages over everybody. Nothing is written.", Role.Success,
            [
                Argument.Object(
                    "rule",
                    "As list_rules shows them: name, from, to, conditions, priority, automatic, requiresApproval, usualRhythm, active."),
                Limit,
            ], Explanations.OfRule),
        new("approve_review", "Approve a review", "Applies the recommended move, if it still holds.", Role.Success, [Review, Note],
            call => call.Post($"/api/reviews/{call.Segment(ReviewId)}/approve", Noted(call)), Acts.OnReview("Approve")),
        new("reject_review", "Reject a review", "The same move stays away for 14 days, by any rule.", Role.Success, [Review, Note],
            call => call.Post($"/api/reviews/{call.Segment(ReviewId)}/reject", Noted(call)), Acts.OnReview("Reject")),
        new("set_status_tag", "Set a status tag by hand",
            "Automation leaves the tag alone for 7 days, ST_006 excepted, and until locked_until where that is given.", Role.Success,
            [
                Customer, Argument.Text("tag", "The tag to set.", true, Tags),
                Argument.Text("reason", "Why; it stands in the ledger.", true),
                Argument.Text("locked_until", "An instant such as 2026-12-31T00:00:00Z."),
            ],
            call => call.Put($"/api/customers/{call.Segment(CustomerId)}/status", new JsonObject
            {
                ["tag"] = call.Text("tag"), ["reason"] = call.Text("reason"), ["lockedUntil"] = call.Text("locked_until"),
            }), Acts.OnStatus),
        new("undo_transition", "Undo a customer's latest move", "Tag and since are what they were before it; messages sent stay sent.",
            Role.Success, [Argument.Text(TransitionId, "The move's id, as customer_history and get_customer give it.", true), Note],
            call => call.Post($"/api/transitions/{call.Segment(TransitionId)}/undo", Noted(call)), Acts.OnTransition),
    ];

    private static Argument Review => Argument.Text(ReviewId, "The review's id, as list_reviews gives it.", true);

    private static JsonObject Noted(ToolCall call) => new() { ["note"] = call.Text("note") };
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace LStep.Api.Assistants;

/// <summary>What a tool would change, in words for the person who is asked.</summary>
internal static class Acts
{
    private const int NameCharsTold = 100;

    public static Func<ToolCall, Task<Would>> OnReview(string verb) =>
        call => Task.FromResult(new Would($"{verb} the review {call.Text("review_id")}{Noted(call)}?"));

    public static async Task<Would> OnStatus(ToolCall call)
    {
        var customer = await call.Get("/api/customers/" + call.Segment("customer_id"));
        if (customer.IsProblem) return new Would("", customer);
        var until = call.Text("locked_until") is { } lockedUntil ? $", locked until {lockedUntil}" : "";
        return new Would(
            $"Set the tag of {NameOf(customer.Body!)} from {customer.Body!["tag"]} to {call.Text("tag")}{until}, "
            + $"because: {call.Text("reason")}?");
    }

    public static async Task<Would> OnTransition(ToolCall call)
    {
        if (!long.TryParse(call.Text("transition_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == 0)
            return new Would($"Undo the move {call.Text("transition_id")}?");
        var rows = await call.Get("/api/transitions", ("after", (id - 1).ToString(CultureInfo.InvariantCulture)), ("limit", "1"));
        if (rows.IsProblem) return new Would("", rows);
        var row = rows.Body!["items"]!.AsArray().FirstOrDefault(one => one!["id"]!.ToString() == call.Text("transition_id"));
        return new Would(row is null
            ? $"Undo the move {id}?"
            : $"Undo the move {id} of customer {row["customerId"]} from {row["from"]?.ToString() ?? "nothing"} to {row["to"]}"
                + $"{Noted(call)}?");
    }

    private static string NameOf(JsonNode customer) =>
        customer["name"]?.ToString() is { Length: > 0 } name
            ? $"{name[..Math.Min(name.Length, NameCharsTold)]} ({customer["id"]})"
            : customer["id"]!.ToString();

    private static string Noted(ToolCall call) => call.Text("note") is { Length: > 0 } note ? $", noting: {note}" : "";
}

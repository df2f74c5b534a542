using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.Workbench.Demo;

namespace LStep.Workbench.Fuzz;

/// <summary>
/// The requests of a seed: each is a valid one of some operation, or of the hub, with up to three things wrong with it. A number makes the
/// same request again, whatever came before.
/// </summary>
public sealed class RequestMaker(ApiDocument api, Known known, ulong seed, string host)
{
    /// <summary>Each of them evaluates everybody, or erases somebody whom others are still asked for.</summary>
    private const double HeavyShare = 0.02;
    private const double HubShare = 0.05;

    private readonly Operation[] ingest = [.. api.Operations.Where(operation => operation.IsIngest)];
    private readonly Operation[] others = [.. api.Operations.Where(operation => !operation.IsIngest && !IsHeavy(operation))];
    private readonly Operation[] heavy = [.. api.Operations.Where(IsHeavy)];

    public FuzzRequest Make(long number)
    {
        var chance = new Chance(seed ^ ((ulong)number * 0x9E3779B97F4A7C15UL));
        if (chance.Happens(HubShare)) return HubRequests.Make(known, chance, number, host);
        var operation =
            chance.Happens(0.4) ? chance.Of(ingest)
            : heavy.Length > 0 && chance.Happens(HeavyShare) ? chance.Of(heavy)
            : chance.Of(others);
        var values = new ValidValues(api, known, chance);
        var (draft, body) = Valid(operation, values, chance, number);
        var mutations = new Mutations(draft, body, known, chance);
        for (var wrong = chance.Of((int[])[0, 1, 1, 1, 1, 2, 2, 3]); wrong > 0; wrong--) mutations.Mutate();
        mutations.Finish();
        return draft.Request(number, host);
    }

    private static bool IsHeavy(Operation operation) =>
        operation is { Method: "POST", Path: "/api/evaluations" } or { Method: "DELETE", Path: "/api/customers/{id}" };

    private (Draft, JsonNode?) Valid(Operation operation, ValidValues values, Chance chance, long number)
    {
        var draft = new Draft
        {
            Method = operation.Method,
            Segments =
            [
                .. operation.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(segment => SegmentOf(segment, operation)),
            ],
        };
        foreach (var parameter in operation.Parameters)
            if (parameter.In == "query" && chance.Happens(0.4))
                draft.Query.Add((parameter.Name, Uri.EscapeDataString(TextOf(parameter))));
        SignIn(draft, operation, chance);
        if (!operation.TakesBody) return (draft, null);
        draft.Headers.Add(("Content-Type", "application/json"));
        return (draft, values.Of("", operation.Body, number));

        string TextOf(Parameter parameter) => values.Of(parameter.Name, parameter.Schema, number)?.ToString() ?? "";

        string SegmentOf(string segment, Operation of) =>
            segment is ['{', .. var name, '}'] && of.Parameters.FirstOrDefault(one => one.Name == name) is { } parameter
                ? Uri.EscapeDataString(TextOf(parameter)).Replace(".", "%2E", StringComparison.Ordinal)
                : segment;
    }

    private void SignIn(Draft draft, Operation operation, Chance chance)
    {
        if (operation.IsIngest)
        {
            if (chance.Happens(0.9)) draft.Headers.Add(("Authorization", "Basic " + Base64(known.WriteKey + ":")));
            return;
        }
        if (chance.Happens(0.05)) return;
        if (known.Session is { } session && chance.Happens(0.1)) draft.Headers.Add(("Cookie", session));
        else draft.Headers.Add(("Authorization", "Bearer " + (chance.Happens(0.6) ? known.Tokens[0] : chance.Of(known.Tokens))));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

using System.Collections.Immutable;
using System.Text.Json;
using LStep.Api.Http;
using LStep.Domain;
using LStep.Domain.Deciding;

namespace LStep.Api.Trials;

/// <summary>Rule sets that are tried out, read as those that are published.</summary>
internal static class Candidates
{
    /// <summary>Everything wrong with them, or null.</summary>
    public static UnprocessableProblem? Read(JsonElement? sent, out ImmutableArray<Rule> rules)
    {
        rules = [];
        switch (RuleJson.Parse(sent ?? default, "$.rules"))
        {
            case Parsed<ImmutableArray<Rule>>.Ok ok:
                rules = ok.Value;
                return null;
            case Parsed<ImmutableArray<Rule>>.Failed failed:
                return new UnprocessableProblem(
                    [.. failed.Errors.Select(error => new Http.InputError(error.Path, error.Code, error.Message))]);
            default:
                throw new InvalidOperationException("a closed set has grown");
        }
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using LStep.Api.Http;
using LStep.Domain;
using LStep.Domain.Rules;
using LStep.Grains.Rules;

namespace LStep.Api.Trials;

/// <summary>Rule sets that are tried out: what could not be published cannot be tried either, and says why in the same words.</summary>
internal static class Candidates
{
    /// <summary>The rules, or everything that is wrong with them.</summary>
    public static async Task<(ImmutableArray<Rule> Rules, UnprocessableProblem? Wrong)> Read(
        JsonElement? sent, RuleSets sets, CancellationToken cancel)
    {
        var found = RuleSetCheck.Check(sent ?? default, "$.rules", (await sets.Head(cancel)).IdsUsed);
        return found.IsSound ? (found.Rules, null) : ([], new UnprocessableProblem(
            [.. found.Errors.Select(error => new InputError(error.Path, error.Code, error.Message))]));
    }
}

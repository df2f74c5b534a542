using System.Text.Json;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Grains.Rules;
using LStep.Grains.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Rules;

/// <summary>What the operator allows.</summary>
public static class FlagsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/flags", All).WithName("listFlags").WithTags("Operations")
            .WithSummary("Flags").WithDescription("What is switched on, who switched it and when.");

        api.MapPut("/flags/{name}", Set).RequireAuthorization(Policies.Admin).WithName("setFlag").WithTags("Operations")
            .WithSummary("Set a flag")
            .WithDescription(
                "Holds at once in this process and within 5 s in every other one; the audit log says who set it. Where moves depend on "
                    + "it, a batch looks at everybody again.")
            .WithMetadata(new ProblemResponse(StatusCodes.Status422UnprocessableEntity, "bad_value", "unknown_version"));
    }

    private static async Task<Ok<Page<Flag>>> All(FlagReads reads, HttpContext http)
    {
        var set = (await reads.Flags(http.RequestAborted)).ToDictionary(flag => flag.Name);
        var flags = Flags.Known.Select(known => set.GetValueOrDefault(known.Name) is { } flag
            ? new Flag(flag.Name, new RawJson(flag.Value), flag.ChangedAt, flag.ChangedBy)
            : new Flag(known.Name, new RawJson(known.Default), null, null));
        return TypedResults.Ok(new Page<Flag>(flags.ToArray(), null));
    }

    private static async Task<Results<Ok<Flag>, NotFoundProblem, UnprocessableProblem>> Set(
        string name, NewFlagValue body, Publication publication, RuleSetReads ruleSets, HttpContext http)
    {
        if (Flags.Known.All(known => known.Name != name)) return new NotFoundProblem("flag");
        var value = body.Value ?? JsonElement.Parse("null");
        if (Flags.WhyNot(name, value) is { } reason) return new UnprocessableProblem(new InputError("$.value", "bad_value", reason));
        if (name == Flags.Shadow && value.ValueKind == JsonValueKind.Number
            && await ruleSets.Version(value.GetInt32(), http.RequestAborted) is null)
            return new UnprocessableProblem(new InputError("$.value", "unknown_version", "There is no such published version."));

        var flag = await publication.SetFlag(name, value.GetRawText(), http.Caller().Key.Person, http.RequestAborted);
        return TypedResults.Ok(new Flag(flag.Name, new RawJson(flag.Value), flag.ChangedAt, flag.ChangedBy));
    }
}

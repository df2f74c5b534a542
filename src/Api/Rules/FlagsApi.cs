using LStep.Api.Http;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Rules;

/// <summary>What the operator allows.</summary>
public static class FlagsApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/flags", All).WithName("listFlags").WithTags("Operations")
            .WithSummary("Flags").WithDescription("What is switched on, who switched it and when.");

    private static async Task<Ok<Page<Flag>>> All(FlagReads reads, HttpContext http)
    {
        var set = (await reads.Flags(http.RequestAborted)).ToDictionary(flag => flag.Name);
        var flags = Flags.Known.Select(known => set.GetValueOrDefault(known.Name) is { } flag
            ? new Flag(flag.Name, new RawJson(flag.Value), flag.ChangedAt, flag.ChangedBy)
            : new Flag(known.Name, new RawJson(known.Default), null, null));
        return TypedResults.Ok(new Page<Flag>(flags.ToArray(), null));
    }
}

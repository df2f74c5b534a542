using LStep.Domain.Deciding;
using LStep.Grains.Database;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api;

/// <summary>ChangedAt and ChangedBy are null while nobody has touched the flag.</summary>
public sealed record Flag(string Name, RawJson Value, DateTimeOffset? ChangedAt, string? ChangedBy);

/// <summary>What the operator allows.</summary>
public static class FlagsApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/flags", All).Tagged("Operations")
            .Told("Flags", "What is switched on, who switched it and when.")
            .Answers<Page<Flag>>(200, 401);

    private static async Task<IResult> All(FlagReads reads, HttpContext http)
    {
        var set = (await reads.Flags(http.RequestAborted)).ToDictionary(flag => flag.Name);
        var flags = Flags.Known.Select(known => set.GetValueOrDefault(known.Name) is { } flag
            ? new Flag(flag.Name, new RawJson(flag.Value), flag.ChangedAt, flag.ChangedBy)
            : new Flag(known.Name, new RawJson(known.Default), null, null));
        return Results.Ok(new Page<Flag>(flags.ToArray(), null));
    }
}

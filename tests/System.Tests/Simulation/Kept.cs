using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Packing;
using LStep.Grains.Operations.Verifying;

namespace LStep.System.Tests.Simulation;

/// <summary>Everything kept of one customer as lines that can be compared.</summary>
internal static class Kept
{
    public static IEnumerable<string> Lines(StoredAll stored)
    {
        var (state, profile) = (stored.Customer.State, stored.Customer.State.Profile);
        yield return $"{state.CustomerId} version {state.Version}, {stored.TagColumn} since {stored.TagSinceColumn:O}, shard "
            + $"{stored.Shard}";
        yield return $"created {stored.Customer.CreatedAt:O}, enrolled {stored.EnrolledAt:O}, next check {stored.Customer.NextCheckAt:O}";
        yield return $"state {Convert.ToHexString(StatePacking.Pack(state))} recent "
            + $"{Convert.ToHexString(StatePacking.PackRecent(state.Recent))}";
        yield return (profile with { Traits = Profile.Empty.Traits, Stamps = Profile.Empty.Stamps }).ToString();
        foreach (var trait in profile.Traits) yield return $"trait {trait.Key} {trait.Value}";
        foreach (var stamp in profile.Stamps) yield return $"stamp {stamp.Key} {stamp.Value.At:O} {stamp.Value.MessageId}";
        foreach (var entry in stored.Log) yield return $"log {entry.Version} {entry.Sequence} {entry.RecordedAt:O} {entry.Activity}";
        foreach (var row in stored.Ledger) yield return row.ToString();
        foreach (var (number, record) in stored.Decisions) yield return $"decision {number} {Sorted(record)}";
        foreach (var review in stored.OpenReviews) yield return $"open review {review}";
    }

    /// <summary>The tables keep a decision's parts in an order of their own.</summary>
    private static string Sorted(string json) => Sorted(JsonElement.Parse(json));

    private static string Sorted(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object =>
            "{" + string.Join(',', element.EnumerateObject().OrderBy(part => part.Name, StringComparer.Ordinal)
                .Select(part => $"{part.Name}:{Sorted(part.Value)}")) + "}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Sorted))}]",
        JsonValueKind.String => element.GetString()!,
        _ => element.GetRawText(),
    };
}

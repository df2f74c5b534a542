using System.Reflection;
using System.Text.Json.Serialization;
using LStep.Api.Http;
using LStep.Api.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace LStep.Api.Hooks;

/// <summary>What a delivery came to. Everything in it is durable, and need not be sent again.</summary>
/// <param name="Messages">That the events became, those that were known already among them.</param>
/// <param name="Ignored">Events that the mapping has nothing for.</param>
/// <param name="Rejected">Of events that the mapping fails at the event's index, of messages theirs; null when nothing was.</param>
public sealed record HookReply(
    bool Success, int Messages, int Ignored,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<RejectedMessage>? Rejected = null);

/// <summary>401: whoever sent it is not shown to be the platform.</summary>
public sealed class BadSignature(SignatureVerdict verdict)
    : ProblemResult(Problems.Make(StatusCodes.Status401Unauthorized, CodeOf(verdict), SentenceOf(verdict))), IEndpointMetadataProvider
{
    private const string Missing = "signature_missing", Wrong = "signature_wrong", Expired = "signature_expired";

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProblemResponse(StatusCodes.Status401Unauthorized, Missing, Wrong, Expired));

    private static string CodeOf(SignatureVerdict verdict) => verdict switch
    {
        SignatureVerdict.Missing => Missing,
        SignatureVerdict.Expired => Expired,
        _ => Wrong,
    };

    private static string SentenceOf(SignatureVerdict verdict) => verdict switch
    {
        SignatureVerdict.Missing => "The delivery has no signature where its source has one.",
        SignatureVerdict.Expired => "The delivery was signed too long ago, or a clock is wrong.",
        _ => "The signature is not that of this body with the secret given here.",
    };
}

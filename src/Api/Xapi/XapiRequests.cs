using LStep.Api.Http;
using LStep.Api.Ingest;
using LStep.Api.Standards;
using LStep.Grains.People;
using LStep.Grains.Xapi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace LStep.Api.Xapi;

/// <summary>What every request of the door goes through: the version, the key's share and rate, and refusals as problems.</summary>
public sealed class XapiRequests(KeyedRequests requests)
{
    /// <summary>Answers of every endpoint.</summary>
    public static object[] Responses { get; } =
    [
        UnavailableProblem.Anywhere, new IngestApi.ReadToTheEnd(),
        new ProblemResponse(StatusCodes.Status400BadRequest, "bad_request"),
        new ProblemResponse(StatusCodes.Status401Unauthorized, Auth.WriteKeyHandler.Refusal.Code),
        new ProblemResponse(StatusCodes.Status429TooManyRequests, "rate_limited"),
    ];

    internal Task<IResult> Without(HttpContext http, Func<XapiVersion, Key, Task<IResult>> then) => Refusals(http, version =>
        requests.Read(http, (key, _) => Admitted(key, 1, () => then(version, key))));

    internal Task<IResult> With(HttpContext http, Func<XapiVersion, Key, ReadOnlyMemory<byte>, Task<IResult>> then) =>
        Refusals(http, version => requests.Read(http, (key, body) => then(version, key, body)));

    internal Task<IResult> Admitted(Key key, int count, Func<Task<IResult>> then) =>
        requests.Admit<IResult>(key, count, seconds => new RateLimited(seconds), then);

    /// <exception cref="InvalidRequestException">The body is not JSON by its type.</exception>
    internal static void NeedJson(HttpContext http)
    {
        if (TypeOf(http) is not { } type)
            throw new InvalidRequestException(
                HeaderNames.ContentType, "unsupported_media_type", "Statements come as application/json.");
        if (type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
            throw new InvalidRequestException(
                HeaderNames.ContentType, "attachments_not_supported",
                "Attachments are not kept here: send statements as application/json, with the fileUrl of each attachment.");
        if (!type.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            throw new InvalidRequestException(
                HeaderNames.ContentType, "unsupported_media_type", "Statements come as application/json.");
    }

    /// <summary>Without its parameters; null for none that can be read.</summary>
    internal static string? TypeOf(HttpContext http) =>
        MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) ? type.MediaType.Value : null;

    private static async Task<IResult> Refusals(HttpContext http, Func<XapiVersion, Task<IResult>> then)
    {
        try
        {
            return await then(XapiVersions.Agree(http));
        }
        catch (InvalidRequestException trouble)
        {
            return new BadRequestProblem(new InputError(trouble.Path, trouble.Code, trouble.Message));
        }
        catch (MalformedBodyException trouble)
        {
            return new BadRequestProblem(trouble.Code, trouble.Message);
        }
        catch (ErasedCustomerException)
        {
            return new BadRequestProblem(ErasedCustomerException.Code, ErasedCustomerException.Sentence);
        }
        catch (StatementConflictException conflict)
        {
            return new ConflictProblem(
                "statement_conflict", $"Another statement stands under the id {conflict.Id}. Nothing of this request was stored.");
        }
    }
}

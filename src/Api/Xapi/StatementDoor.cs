using LStep.Api.Http;
using LStep.Api.Ingest;
using LStep.Grains;
using LStep.Grains.People;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Xapi;

/// <summary>From the body of a request to its answer: read, admitted by the key's rate, taken.</summary>
public sealed class StatementDoor(
    XapiRequests requests, StatementIntake intake, TranslatedIntake clock, Ids ids, AddressOptions addresses)
{
    /// <summary>The authority of what is stored is the key that brought it, at this installation.</summary>
    private readonly string homePage = addresses.PublicUrl?.ToString() ?? "http://localhost/";

    internal Task<IResult> Take(
        ReadOnlyMemory<byte> body, Guid? id, XapiVersion version, Key key, Func<IReadOnlyList<ReceivedStatement>, IResult> answer,
        CancellationToken cancel)
    {
        var now = clock.Now;
        var statements = StatementBody.Read(body.Span, id, version, now, key, homePage, ids);
        return requests.Admitted(key, statements.Count, async () =>
        {
            await intake.Take(statements, key, now, cancel);
            return answer(statements);
        });
    }
}

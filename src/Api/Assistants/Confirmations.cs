using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LStep.Api.Http;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace LStep.Api.Assistants;

internal enum Consent { Given, Asked, Refused, Stale }

/// <summary>
/// A person agrees to what a tool would change before it is done. A client of the protocol's revision 2026-07-28 that can ask is asked to
/// (elicitation, in a second round of the same call); any other gets a code and has to call again with it. Either is signed by the
/// installation for one key, one tool, these arguments and ten minutes, so that any silo can take it.
/// </summary>
internal sealed class Confirmations(Cursors signed, TimeProvider clock)
{
    public const string Argument = "confirm";

    private const string List = "mcp confirmation";
    private const string Question = "confirm";
    private const int MinutesValid = 10;

    private static readonly ElicitRequestParams.BooleanSchema Yes =
        new() { Title = "Do it", Description = "Nothing is changed without it." };

    public string CodeFor(string key, string tool, IDictionary<string, JsonElement> given) => signed.Of(
        List, key, tool, Fingerprint(given),
        clock.GetUtcNow().AddMinutes(MinutesValid).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));

    public Consent Read(string key, string tool, IDictionary<string, JsonElement> given, CallToolRequestParams call)
    {
        if (call.RequestState is { } state)
            return !Holds(state, key, tool, given) ? Consent.Stale : IsYes(call) ? Consent.Given : Consent.Refused;
        if (!given.TryGetValue(Argument, out var code) || code.ValueKind != JsonValueKind.String) return Consent.Asked;
        return Holds(code.GetString()!, key, tool, given) ? Consent.Given : Consent.Stale;
    }

    /// <summary>Null where the client cannot put a question to its user.</summary>
    public static InputRequiredException? QuestionTo(RequestContext<CallToolRequestParams> request, string would, string code)
    {
        if (!request.Server.IsMrtrSupported || request.Server.ClientCapabilities?.Elicitation is null) return null;
        var question = new ElicitRequestParams
        {
            Message = would,
            RequestedSchema = new ElicitRequestParams.RequestSchema { Properties = { [Question] = Yes }, Required = [Question] },
        };
        return new InputRequiredException(
            new Dictionary<string, InputRequest> { [Question] = InputRequest.ForElicitation(question) }, requestState: code);
    }

    private bool Holds(string code, string key, string tool, IDictionary<string, JsonElement> given) =>
        signed.TryRead(List, code, 4, out var said) && said[0] == key && said[1] == tool && said[2] == Fingerprint(given)
        && long.Parse(said[3], CultureInfo.InvariantCulture) >= clock.GetUtcNow().ToUnixTimeSeconds();

    private static bool IsYes(CallToolRequestParams call) =>
        call.InputResponses is { } answers && answers.TryGetValue(Question, out var answer)
        && answer.Deserialize(InputResponse.ElicitResultJsonTypeInfo) is { IsAccepted: true, Content: { } content }
        && content.TryGetValue(Question, out var yes) && yes.ValueKind == JsonValueKind.True;

    /// <summary>Of the arguments but the code, whatever their order.</summary>
    private static string Fingerprint(IDictionary<string, JsonElement> given) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', given.Where(one => one.Key != Argument).OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => JsonSerializer.Serialize(one.Key) + JsonSerializer.Serialize(one.Value)))))[..16]);
}

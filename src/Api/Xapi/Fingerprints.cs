using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace LStep.Api.Xapi;

/// <summary>
/// Tells whether a statement that is sent again is the same: without what a store adds, without regard to the order of names and of the
/// members of a group. The timestamp is compared beside it, since a store adds it where there is none.
/// </summary>
internal static class Fingerprints
{
    private static readonly string[] Added = ["id", "stored", "authority", "version", "timestamp"];

    public static byte[] Of(JsonObject statement)
    {
        var text = new StringBuilder();
        Write(text, statement, Added);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static void Write(StringBuilder text, JsonNode? node, string[] without)
    {
        switch (node)
        {
            case JsonObject fields:
                text.Append('{');
                foreach (var (name, value) in fields.Where(field => !without.Contains(field.Key))
                             .OrderBy(field => field.Key, StringComparer.Ordinal))
                {
                    text.Append(JsonValue.Create(name).ToJsonString()).Append(':');
                    if (name == "member" && value is JsonArray members) Write(text, Ordered(members), []);
                    else Write(text, value, []);
                    text.Append(',');
                }
                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                foreach (var item in items)
                {
                    Write(text, item, []);
                    text.Append(',');
                }
                text.Append(']');
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private static JsonArray Ordered(JsonArray members) =>
        [.. members.Select(member => member?.DeepClone()).OrderBy(member => member?.ToJsonString(), StringComparer.Ordinal)];
}

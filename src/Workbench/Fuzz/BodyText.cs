using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.Workbench.Demo;

namespace LStep.Workbench.Fuzz;

/// <summary>
/// A JSON body that gets one thing after the other wrong: in its tree, where marks stand for what no tree can hold, or in its bytes.
/// </summary>
internal sealed class BodyText(JsonNode? body, Chance chance)
{
    /// <summary>Larger than any body may be.</summary>
    private const int HugeBytes = 4_400_000;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<string> marks = [];
    private JsonNode? root = body;
    private Func<byte[], byte[]> after = bytes => bytes;

    public bool IsTouched { get; private set; }

    public void Mutate()
    {
        IsTouched = true;
        if (root is null || chance.Happens(0.25)) Damage();
        else ChangeTree();
    }

    public byte[] Bytes()
    {
        var text = root?.ToJsonString(Plain) ?? "null";
        for (var n = 0; n < marks.Count; n++)
            text = text.Replace($"\"@@{n}@@\"", marks[n], StringComparison.Ordinal);
        return after(Encoding.UTF8.GetBytes(text));
    }

    private void ChangeTree()
    {
        var places = new List<(JsonNode Parent, string? Name, int Index)>();
        Gather(root!, places);
        if (places.Count == 0)
        {
            root = Mark(chance.Of(Hostile.Json));
            return;
        }
        var (parent, name, index) = chance.Of(places);
        switch (chance.Between(0, 6))
        {
            case 0: Remove(parent, name, index); break;
            case 1: Twice(parent, name, index); break;
            case 2: Put(parent, name, index, new JsonArray(Mark(chance.Of(Hostile.Json)))); break;
            case 3: Put(parent, name, index, JsonValue.Create(chance.Of(Hostile.Texts))); break;
            case 4: if (parent is JsonObject map) map[chance.Of(Hostile.Texts)] = Mark(chance.Of(Hostile.Json)); break;
            default: Put(parent, name, index, Mark(chance.Of(Hostile.Json))); break;
        }
    }

    private void Damage()
    {
        var before = after;
        var (kind, share) = (chance.Between(0, 12), chance.Share());
        after = bytes => Damaged(before(bytes), kind, share);
    }

    private static byte[] Damaged(byte[] bytes, int kind, double share)
    {
        var at = (int)(share * bytes.Length);
        return kind switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], 0xff, 0xfe, .. bytes[at..]],
            2 => [.. bytes, .. "} trailing"u8],
            3 => [.. "\ufeff"u8, .. bytes],
            4 => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes))],
            5 => [],
            6 => [.. bytes, .. bytes],
            7 => [.. bytes[..at], 0, .. bytes[at..]],
            8 => [.. Enumerable.Repeat((byte)' ', share < 0.05 ? HugeBytes : 70_000), .. bytes],
            9 => [.. bytes[..at], 0xc0, 0xaf, 0xed, 0xa0, 0x80, .. bytes[at..]],
            10 => [.. Enumerable.Repeat((byte)'[', 100_000)],
            11 => [0x1f, 0x8b, 0x08, 0, .. bytes],
            _ => [.. "// comment\n"u8, .. bytes],
        };
    }

    private static void Gather(JsonNode node, List<(JsonNode, string?, int)> places)
    {
        if (node is JsonObject map)
            foreach (var (name, value) in map)
            {
                places.Add((map, name, 0));
                if (value is not null) Gather(value, places);
            }
        else if (node is JsonArray list)
            for (var index = 0; index < list.Count; index++)
            {
                places.Add((list, null, index));
                if (list[index] is { } item) Gather(item, places);
            }
    }

    private static void Remove(JsonNode parent, string? name, int index)
    {
        if (name is not null) ((JsonObject)parent).Remove(name);
        else ((JsonArray)parent).RemoveAt(index);
    }

    private static void Put(JsonNode parent, string? name, int index, JsonNode? value)
    {
        if (name is not null) ((JsonObject)parent)[name] = value;
        else ((JsonArray)parent)[index] = value;
    }

    private void Twice(JsonNode parent, string? name, int index)
    {
        if (name is null)
        {
            var list = (JsonArray)parent;
            for (var copies = chance.Of((int[])[1, 1, 3, 300]); copies > 0; copies--) list.Add(list[index]?.DeepClone());
            return;
        }
        marks.Add($"\"{JsonEncodedText.Encode(name)}\"");
        var map = (JsonObject)parent;
        map[$"@@{marks.Count - 1}@@"] = chance.Happens(0.5) ? map[name]?.DeepClone() : Mark(chance.Of(Hostile.Json));
    }

    private JsonValue Mark(string raw)
    {
        marks.Add(raw);
        return JsonValue.Create($"@@{marks.Count - 1}@@")!;
    }
}

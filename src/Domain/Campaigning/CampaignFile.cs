using System.Text;
using System.Text.Json;
using LStep.Domain.Deciding;
using LStep.Domain.Rules;

namespace LStep.Domain.Campaigning;

/// <summary>
/// Campaigns as a file that people keep under version control: JSON with comments, one campaign a block, a step a line, in the order of the
/// set, always laid out alike. {"comment": "…", "campaigns": […], "cases": […]}; a bare list is the campaigns alone.
/// </summary>
public static class CampaignFile
{
    public const string List = "campaigns";

    /// <summary>The file as plain JSON: its members, or what is wrong with it.</summary>
    public static Parsed<JsonElement> Read(string text) => RuleFile.Read(text, List);

    public static string Print(IEnumerable<Campaign> campaigns) => new StringBuilder()
        .AppendLine("// ./lstep campaigns test FILE runs the cases beside these campaigns, ./lstep campaigns import FILE publishes them.")
        .AppendLine("{").AppendLine("  \"campaigns\": [").AppendJoin(",\n", campaigns.Select(Block)).Append("\n  ]\n}\n").ToString()
        .ReplaceLineEndings("\n");

    static string Block(Campaign campaign)
    {
        using var document = JsonDocument.Parse(JsonText.Of(json => CampaignJson.Write(json, campaign)));
        var members = document.RootElement.EnumerateObject().Where(member => !IsDefault(member))
            .Select(member => $"      {RuleFile.Quoted(member.Name)}: {Laid(member)}");
        return $"    {{\n{string.Join(",\n", members)}\n    }}";
    }

    /// <summary>What needs not be said.</summary>
    static bool IsDefault(JsonProperty member) => (member.Name, member.Value.GetRawText()) is
        ("from" or "variants", "[]") or ("firstTime" or "onHighValueReview", "false") or ("audience" or "whenSending" or "promoted", "null")
        or ("holdoutPercent", "0") or ("onceInDays", "30") or ("payload", "{}") or ("active", "true");

    static string Laid(JsonProperty member) => member.Name switch
    {
        "steps" => $"[\n{string.Join(",\n", member.Value.EnumerateArray().Select(Step))}\n      ]",
        "audience" or "whenSending" => RuleFile.Laid(member.Value, "      ", opens: true),
        _ => RuleFile.Laid(member.Value, "      ", opens: false),
    };

    /// <summary>Its number is its place.</summary>
    static string Step(JsonElement step) =>
        $"        {{ \"afterMinutes\": {step.GetProperty("afterMinutes")}, \"channel\": {step.GetProperty("channel").GetRawText()} }}";
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace LStep.Grains.Campaigns.Channels.Alert;

/// <summary>An alert in the words of its receiver. What a customer is called stays text there: no mention, no link, no markup.</summary>
public static class AlertBody
{
    // Slack's bounds for a block; Teams takes 28 KB in all.
    private const int TitleCharsMax = 150, TextCharsMax = 2_900, UrlCharsMax = 2_000;

    public static byte[] Of(OutgoingMessage message, AlertFormat format)
    {
        var title = PlainText.OneLine(message.Content.Subject, TitleCharsMax);
        if (title.Length == 0) title = PlainText.OneLine(message.Campaign, TitleCharsMax);
        var text = PlainText.Cut(message.Content.Text?.Replace('\0', ' '), TextCharsMax);
        var link = message.Content.Link is { AbsoluteUri: { Length: <= UrlCharsMax } url } ? url : null;
        return JsonSerializer.SerializeToUtf8Bytes(format switch
        {
            AlertFormat.Slack => Slack(title, text, link),
            AlertFormat.Teams => Teams(title, text, link),
            _ => Json(message, title, text, link),
        });
    }

    private static JsonObject Slack(string title, string text, string? link)
    {
        var blocks = new JsonArray(new JsonObject { ["type"] = "header", ["text"] = Plain(title) });
        if (!string.IsNullOrWhiteSpace(text)) blocks.Add(new JsonObject { ["type"] = "section", ["text"] = Plain(text) });
        if (link is not null)
            blocks.Add(new JsonObject
            {
                ["type"] = "actions",
                ["elements"] = new JsonArray(new JsonObject { ["type"] = "button", ["text"] = Plain("Open"), ["url"] = link }),
            });
        // What notifications show, and what rooms show that know no blocks. Only these three letters mean something in it.
        var escaped = title.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
        return new JsonObject { ["text"] = escaped, ["blocks"] = blocks };
    }

    private static JsonObject Plain(string text) => new() { ["type"] = "plain_text", ["text"] = text, ["emoji"] = false };

    private static JsonObject Teams(string title, string text, string? link)
    {
        var body = new JsonArray(Run(title, isTitle: true));
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(50)) body.Add(Run(line, isTitle: false));
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json", ["type"] = "AdaptiveCard", ["version"] = "1.4",
            ["body"] = body,
        };
        if (link is not null)
            card["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = "Open", ["url"] = link });
        return new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(
                new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["contentUrl"] = null, ["content"] = card }),
        };
    }

    /// <summary>Unlike a TextBlock it knows no Markdown, so that nothing has to be escaped.</summary>
    private static JsonObject Run(string text, bool isTitle)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = text };
        if (isTitle) (run["weight"], run["size"]) = ("Bolder", "Large");
        return new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(run) };
    }

    private static JsonObject Json(OutgoingMessage message, string title, string text, string? link)
    {
        var json = new JsonObject
        {
            ["id"] = message.Key.ToString(), ["customerId"] = message.CustomerId, ["campaign"] = message.Campaign,
            ["step"] = message.Step, ["transitionId"] = message.TransitionId, ["title"] = title, ["text"] = text, ["link"] = link,
        };
        if (message.IsTest) json["test"] = true;
        return json;
    }
}

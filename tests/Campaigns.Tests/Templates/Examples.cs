using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Templates;

namespace LStep.Campaigns.Tests.Templates;

/// <summary>Customers that templates are filled with.</summary>
internal static class Examples
{
    public static string Full { get; } = TemplateFiles.BuiltIn.Text("_examples/full.json")!;

    public static string Bare { get; } = TemplateFiles.BuiltIn.Text("_examples/bare.json")!;

    public static string English { get; } = With(customer =>
    {
        customer["name"] = "Ada Lovelace";
        customer["first_name"] = "Ada";
        customer["locale"] = "en";
    });

    /// <summary>Only tells how long something takes.</summary>
    public static TimeProvider Clock { get; } = new PassingTime();

    public static MessageTemplates Templates { get; } = new(TemplateFiles.BuiltIn, Clock);

    private sealed class PassingTime : TimeProvider;

    /// <summary>Campaign, step, channel: every message of the product.</summary>
    public static TheoryData<string, int, Channel> Messages { get; } = new()
    {
        { "welcome_active_learner", 1, Channel.Email }, { "welcome_active_learner", 2, Channel.Email },
        { "welcome_active_learner", 3, Channel.Email },
        { "add_to_beginner_group", 1, Channel.Webhook },
        { "standard_nurturing", 1, Channel.Email }, { "standard_nurturing", 2, Channel.Email }, { "standard_nurturing", 3, Channel.Email },
        { "welcome_back", 1, Channel.InApp },
        { "progression_milestone", 1, Channel.Email },
        { "unlock_advanced_modules", 1, Channel.Webhook },
        { "advanced_features_push", 1, Channel.Push },
        { "upgrade_nurturing", 1, Channel.Email }, { "upgrade_nurturing", 2, Channel.Email }, { "upgrade_nurturing", 3, Channel.Email },
        { "mastery_achievement", 1, Channel.Email },
        { "ppal_expert_badge", 1, Channel.Webhook },
        { "expert_opportunities", 1, Channel.Email },
        { "expansion_and_advocacy", 1, Channel.Task },
        { "expert_advocacy_program", 1, Channel.Email },
        { "cs_alert", 1, Channel.Alert },
        { "personal_check_in", 1, Channel.Email },
        { "trial_extension", 1, Channel.Webhook },
        { "immediate_csm_intervention", 1, Channel.Task },
        { "schedule_personal_call", 1, Channel.Task },
        { "custom_learning_path", 1, Channel.Webhook },
        { "course_discount", 1, Channel.Webhook },
        { "comeback_checklist", 1, Channel.InApp },
        { "churn_notice", 1, Channel.Alert },
        { "quarterly_winback", 1, Channel.Email }, { "quarterly_winback", 2, Channel.Email }, { "quarterly_winback", 3, Channel.Email },
        { "value_demonstration", 1, Channel.Email },
        { "review_waiting", 1, Channel.Alert }, { "review_waiting", 2, Channel.Alert },
    };

    /// <summary>The full example with its customer changed.</summary>
    public static string With(Action<JsonObject> change)
    {
        var example = JsonNode.Parse(Full)!.AsObject();
        change(example["customer"]!.AsObject());
        return example.ToJsonString(new JsonSerializerOptions());
    }

    public static string Named(string name) => With(customer =>
    {
        customer["name"] = name;
        customer["first_name"] = name;
    });

    /// <summary>The full example about a review that nobody has decided.</summary>
    public static string Review()
    {
        var example = JsonNode.Parse(Full)!.AsObject();
        example["transition"] = null;
        example["review"] = JsonNode.Parse(
            """{"id":7,"from":"ST_003","to":"ST_004","rule":"mastery_declining","confidence":0.62,"reasons":["high_value_at_risk"],"opened_at":"2026-03-01T09:00:00Z"}""");
        return example.ToJsonString(new JsonSerializerOptions());
    }

    public static TemplateInput Input(string campaign, int step, Channel channel, string? locale, string variables) =>
        new(campaign, step, null, channel, locale, variables);

    /// <summary>A set of templates with one message in it: probe, step 1.</summary>
    public static MessageTemplates Of(string body, Channel channel = Channel.InApp) =>
        new(new TemplateFiles(new Dictionary<string, string> { [$"probe/1.en.{channel.Name()}.liquid"] = body }), Clock);
}

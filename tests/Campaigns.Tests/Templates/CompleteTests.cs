using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Templates;

namespace LStep.Campaigns.Tests.Templates;

/// <summary>Every message of the product, in both languages, for people of whom much and little is known.</summary>
public sealed class CompleteTests
{
    public static TheoryData<string, int, Channel> Messages => Examples.Messages;

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_message_has_words_in_both_languages_for_whoever_it_goes_to(string campaign, int step, Channel channel)
    {
        foreach (var locale in new[] { "en", "ja" })
            foreach (var variables in new[] { Examples.Full, Examples.English, Examples.Bare, Examples.Review() })
            {
                var content = Examples.Templates.Render(Examples.Input(campaign, step, channel, locale, variables));
                if (channel == Channel.Webhook)
                {
                    Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(content.Json!).RootElement.ValueKind);
                    continue;
                }
                Assert.False(string.IsNullOrWhiteSpace(content.Subject));
                Assert.False(string.IsNullOrWhiteSpace(content.Text));
                Assert.All([content.Subject!, content.Text!, content.Html ?? ""], text => Assert.DoesNotContain("{{", text));
                Assert.All([content.Subject!, content.Text!, content.Html ?? ""], text => Assert.DoesNotContain("{%", text));
            }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void The_languages_differ(string campaign, int step, Channel channel)
    {
        var english = Examples.Templates.Render(Examples.Input(campaign, step, channel, "en", Examples.Bare));
        var japanese = Examples.Templates.Render(Examples.Input(campaign, step, channel, "ja", Examples.Bare));
        Assert.NotEqual(english.Text ?? english.Json, japanese.Text ?? japanese.Json);
        Assert.DoesNotMatch("[\u3040-\u30ff\u4e00-\u9fff]", english.Text ?? english.Json);
        Assert.Matches("[\u3040-\u30ff\u4e00-\u9fff]", japanese.Text ?? japanese.Json);
    }

    [Fact]
    public void The_check_finds_nothing_wrong_with_the_products_own_templates() =>
        Assert.Empty(new TemplateCheck(TemplateFiles.BuiltIn, Examples.Clock, ["en", "ja"]).Run(
            [Examples.Full, Examples.English, Examples.Bare, Examples.Review()]));

    [Theory]
    [InlineData("ja", "さん")]
    [InlineData("ja-JP", "さん")]
    [InlineData("ja_JP.UTF-8", "さん")]
    [InlineData("en-GB", "Good to see you")]
    [InlineData("fr", "Good to see you")]
    [InlineData("../../x", "Good to see you")]
    [InlineData(null, "Good to see you")]
    public void The_language_is_the_exact_one_or_its_parent_or_English(string? locale, string words) =>
        Assert.Contains(words, Examples.Templates.Render(Examples.Input("welcome_back", 1, Channel.InApp, locale, Examples.Full)).Subject);

    [Fact]
    public void A_school_may_send_by_LINE_what_was_written_for_the_inbox() =>
        Assert.NotNull(Examples.Templates.Render(Examples.Input("welcome_back", 1, Channel.Line, "ja", Examples.Full)).Text);

    [Fact]
    public void What_exists_can_be_asked()
    {
        Assert.True(Examples.Templates.Has("quarterly_winback", 3, Channel.Email));
        Assert.False(Examples.Templates.Has("quarterly_winback", 4, Channel.Email));
        Assert.False(Examples.Templates.Has("../_words", 1, Channel.Email));
    }

    [Fact]
    public void A_payload_names_the_customer_the_campaign_the_step_and_the_transition_whatever_the_template_says()
    {
        var content = Examples.Templates.Render(Examples.Input("custom_learning_path", 1, Channel.Webhook, "ja", Examples.Full));
        var payload = JsonDocument.Parse(content.Json!).RootElement;
        Assert.Equal("learner-42", payload.GetProperty("customerId").GetString());
        Assert.Equal("example", payload.GetProperty("campaign").GetString());
        Assert.Equal(1, payload.GetProperty("step").GetInt32());
        Assert.Equal("ST_002", payload.GetProperty("transition").GetProperty("to").GetString());
        Assert.Equal("データの見せ方", payload.GetProperty("lastLessons")[0].GetProperty("name").GetString());
        Assert.Equal(20, payload.GetProperty("preferredHour").GetInt32());
        var own = Examples.Of("""{"customerId": "somebody else"}""", Channel.Webhook);
        Assert.Contains("learner-42", own.Render(Examples.Input("probe", 1, Channel.Webhook, "en", Examples.Full)).Json);
    }

    [Fact]
    public void An_alert_about_a_transition_stays_one_while_a_review_is_open()
    {
        string Subject(string variables) =>
            Examples.Templates.Render(Examples.Input("cs_alert", 1, Channel.Alert, "en", variables)).Subject!;
        var review = JsonNode.Parse(Examples.Review())!.AsObject();
        Assert.StartsWith("At risk, waiting for a decision", Subject(review.ToJsonString()));
        review["transition"] = JsonNode.Parse(Examples.Full)!["transition"]!.DeepClone();
        Assert.StartsWith("At risk:", Subject(review.ToJsonString()));
    }

    [Fact]
    public void A_learner_is_never_shown_the_id_of_a_lesson()
    {
        var variables = Examples.Full.Replace("データの見せ方", "L14", StringComparison.Ordinal);
        foreach (var (campaign, channel) in new[]
            { ("welcome_back", Channel.InApp), ("comeback_checklist", Channel.InApp), ("personal_check_in", Channel.Email) })
        {
            Assert.Contains("データの見せ方", Examples.Templates.Render(Examples.Input(campaign, 1, channel, "ja", Examples.Full)).Text);
            Assert.DoesNotContain("L14", Examples.Templates.Render(Examples.Input(campaign, 1, channel, "ja", variables)).Text);
        }
    }

    [Fact]
    public void Mails_lead_out_of_the_list_and_load_nothing_from_elsewhere()
    {
        foreach (var locale in new[] { "en", "ja" })
            foreach (var row in Examples.Messages)
            {
                if ((Channel)row[2] != Channel.Email) continue;
                var mail = Examples.Templates.Render(Examples.Input((string)row[0], (int)row[1], Channel.Email, locale, Examples.Full));
                Assert.All(
                    ["https://status.example.org/u/token", "https://status.example.org/u/token?choose"],
                    link => Assert.True(mail.Html!.Contains($"\"{link}\"") && mail.Text!.Contains(link)));
                Assert.DoesNotMatch("""(src|background)="(?!cid:)|url\(|<link |@import|<script""", mail.Html!);
                Assert.InRange(mail.Html!.Length, 2_000, 100_000); // Gmail cuts a mail at 102 KB
            }
    }
}

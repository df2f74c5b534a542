using System.Text.Json;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Templates;

namespace LStep.Campaigns.Tests.Templates;

/// <summary>What people type as their name, and what a template might do.</summary>
public sealed class HostileTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("{{ customer.email }}")]
    [InlineData("{% for x in path %}{% endfor %}")]
    [InlineData("A\r\nBcc: everybody@example.org")]
    [InlineData("\u202eevil\u2066")]
    [InlineData("\"quotes\" and \\ 'more'")]
    [InlineData("👩‍🎓 𠮷野家 Ünïcødé")]
    public void Nothing_in_a_name_becomes_markup_a_header_or_Liquid(string name)
    {
        var variables = Examples.Named(name);
        foreach (var row in Examples.Messages)
            foreach (var locale in new[] { "en", "ja" })
            {
                var channel = (Channel)row[2];
                var content = Examples.Templates.Render(Examples.Input((string)row[0], (int)row[1], channel, locale, variables));
                Assert.DoesNotMatch("[\r\n\u202e\u2066]", content.Subject ?? "");
                Assert.DoesNotContain("<script>alert", content.Html ?? "");
                Assert.DoesNotContain("<img src=x", content.Html ?? "");
                if (channel is Channel.Email) Assert.DoesNotContain("hanako@example.org", content.Html);
                if (content.Json is not null) JsonDocument.Parse(content.Json);
            }
    }

    [Theory]
    [InlineData("Win a prize at http://evil.example")]
    [InlineData("www.evil.example")]
    [InlineData("cheap-pills.com")]
    [InlineData("me@evil.example")]
    public void A_name_that_mail_programs_would_make_a_link_of_is_left_out(string name)
    {
        var variables = Examples.Named(name);
        var mail = Examples.Templates.Render(Examples.Input("welcome_active_learner", 1, Channel.Email, "en", variables));
        Assert.Equal("Welcome! Here is where to begin", mail.Subject);
        Assert.DoesNotContain("evil", mail.Html);
        Assert.DoesNotContain("pills", mail.Html);
    }

    [Theory]
    [InlineData("J.R.R. Tolkien")]
    [InlineData("Dr.Smith")]
    [InlineData("O'Brien-Smith, PhD.")]
    [InlineData("山田 太郎")]
    public void Unusual_names_are_names(string name) =>
        Assert.Contains(
            name,
            Examples.Templates.Render(Examples.Input(
                "welcome_active_learner", 1, Channel.Email, "ja", Examples.Named(name))).Subject);

    [Fact]
    public void A_long_name_is_cut_and_a_subject_stays_within_its_bound()
    {
        var variables = Examples.Named(new string('あ', 500));
        foreach (var row in Examples.Messages.Where(row => (Channel)row[2] != Channel.Webhook))
        {
            var content = Examples.Templates.Render(Examples.Input((string)row[0], (int)row[1], (Channel)row[2], "ja", variables));
            Assert.InRange(content.Subject!.Length, 1, 250);
        }
    }

    [Theory]
    [InlineData("---\ntitle: t\n---\nHello\n{{ customer.nmae }}", "probe/1.en.in_app.liquid, line 5: there is no variable customer.nmae.")]
    [InlineData("---\ntitle: t\n---\n{% for x in path %}{{ x.when }}{% endfor %}", "line 4: there is no variable x.when.")]
    [InlineData("---\ntitle: t\n---\n{{ customer.name | nosuch }}", "line 4: there is no filter nosuch.")]
    [InlineData("---\ntitle: {{ nothing }}\n---\nHello", "line 2: there is no variable nothing.")]
    [InlineData("---\ntitle: t\n---\n\n\n{% if customer.name %}Hello", "line 6")]
    [InlineData("---\ntitle: t\n---\n{{ customer[campaign.name] }}", "there is no variable customer[")]
    [InlineData("---\ntitle: t\n---\n{{ 'x' | raw }}", "there is no filter raw")]
    [InlineData("---\ntitle: t\n---\n{% for i in (1..1000000000) %}x{% endfor %}", "there is no range")]
    [InlineData("---\ntitle: t\n---\n{% include 'other' %}", "line 4")]
    [InlineData("---\ntitle: t\nbroken\n---\nHello", "line 3")]
    [InlineData("---\nfont: t\n---\nHello", "line 2: font is not among")]
    public void What_a_template_gets_wrong_is_told_with_file_line_and_name(string template, string told) =>
        Assert.Contains(told, Assert.Throws<TemplateException>(
            () => Examples.Of(template).Render(Examples.Input("probe", 1, Channel.InApp, "en", Examples.Full))).Message);

    [Theory]
    [InlineData("{% assign a = 'x' %}{% for i in customer.traits.many %}{% assign a = a | append: a %}{% endfor %}{{ a }}")]
    [InlineData("{% for a in customer.traits.many %}{% for b in customer.traits.many %}{% assign c = b %}{% endfor %}{% endfor %}")]
    [InlineData("{% for a in customer.traits.many %}{% for b in customer.traits.many %}{{ customer.traits.long }}{% endfor %}{% endfor %}")]
    public void A_template_ends_before_it_takes_too_much(string body)
    {
        var variables = Examples.With(customer =>
        {
            var traits = customer["traits"]!.AsObject();
            traits["many"] = JsonSerializer.SerializeToNode(Enumerable.Range(0, 200));
            traits["long"] = new string('x', 4_000);
        });
        Assert.Throws<TemplateException>(
            () => Examples.Of($"---\ntitle: t\n---\n{body}").Render(Examples.Input("probe", 1, Channel.InApp, "en", variables)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"customer":""")]
    public void Variables_that_are_no_object_are_refused(string variables) =>
        Assert.Throws<TemplateException>(
            () => Examples.Templates.Render(Examples.Input("welcome_back", 1, Channel.InApp, "en", variables)));

    [Theory]
    [InlineData("""{"customer": 3, "links": "x", "progress": [1], "last_lessons": {}, "scores": {"engagement": 1e300}}""")]
    [InlineData("""{"customer": {"name": 42, "first_name": ["x"]}, "last_lessons": [null, 3], "campaign": {"payload": {"benefits": 1}}}""")]
    [InlineData("""{"customer": {"name": "\ud800"}}""")]
    public void Variables_of_the_wrong_kind_break_no_message(string variables) =>
        Assert.All(
            Examples.Messages,
            row => Examples.Templates.Render(Examples.Input((string)row[0], (int)row[1], (Channel)row[2], "en", variables)));

    [Fact]
    public void A_name_of_a_lesson_breaks_no_line_of_an_alert()
    {
        var variables = Examples.Full.Replace("データの見せ方", "x\\nApproved by the manager\\u202e", StringComparison.Ordinal);
        var task = Examples.Templates.Render(Examples.Input("schedule_personal_call", 1, Channel.Task, "en", variables));
        Assert.DoesNotMatch("(?m)^Approved|\u202e", task.Text!);
        Assert.Contains("x Approved by the manager", task.Text);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[1]")]
    [InlineData("""{"a": {{ customer.name }}}""")]
    public void A_payload_that_is_no_object_is_refused(string body) =>
        Assert.Throws<TemplateException>(
            () => Examples.Of(body, Channel.Webhook).Render(Examples.Input("probe", 1, Channel.Webhook, "en", Examples.Full)));
}

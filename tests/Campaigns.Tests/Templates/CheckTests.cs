using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Templates;

namespace LStep.Campaigns.Tests.Templates;

/// <summary>What is told about a set of templates before it is published.</summary>
public sealed class CheckTests
{
    private const string Push = "---\ntitle: Hello\nlink: {{ links.app }}\n---\nHello {{ customer.first_name }}\n";

    [Fact]
    public void Sound_templates_have_no_problem() =>
        Assert.Empty(Check(("probe/1.en.push.liquid", Push), ("probe/1.ja.push.liquid", Push)));

    [Fact]
    public void A_message_without_its_other_language_is_found() =>
        Assert.Equal(
            new TemplateProblem("missing_translation", "probe/1.ja.push.liquid is missing: there is probe/1.en.push.liquid."),
            Assert.Single(Check(("probe/1.en.push.liquid", Push))));

    [Fact]
    public void A_variable_that_does_not_exist_is_found_with_its_line()
    {
        var wrong = Push.Replace("first_name", "firstname", StringComparison.Ordinal);
        var problems = Check(("probe/1.en.push.liquid", wrong), ("probe/1.ja.push.liquid", Push));
        Assert.Contains(
            new TemplateProblem("missing_variable", "probe/1.en.push.liquid, line 5: there is no variable customer.firstname."), problems);
    }

    [Fact]
    public void Liquid_that_cannot_be_read_is_found_with_its_line()
    {
        var problems = Check(("probe/1.en.push.liquid", Push + "{% if customer.name %}"), ("probe/1.ja.push.liquid", Push));
        Assert.Contains(problems, problem => problem.Code == "unreadable" && problem.Message.StartsWith("probe/1.en.push.liquid, line 6"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("http://plain.example.org/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("{{ customer.traits.page }}")]
    public void A_link_that_leads_nowhere_or_where_somebody_else_decides_is_found(string target)
    {
        var source = $"---\nsubject: s\n---\n<mj-text>Hello</mj-text>\n<mj-button href=\"{target}\">Go</mj-button>\n";
        var sound = source.Replace($"\"{target}\"", "\"https://example.org/\"", StringComparison.Ordinal);
        var problem = Assert.Single(Check(("probe/1.en.mjml", source), ("probe/1.ja.mjml", sound)));
        Assert.Equal(new TemplateProblem("broken_link", $"probe/1.en.mjml, line 5: a link leads to \"{target}\"."), problem);
    }

    [Fact]
    public void A_mail_without_a_subject_and_a_push_without_a_title_are_found() =>
        Assert.Equal(
            ["missing_subject", "missing_subject"],
            Check(("a/1.en.mjml", "<mj-text>x</mj-text>"), ("a/1.ja.mjml", "<mj-text>x</mj-text>")).Select(problem => problem.Code));

    [Fact]
    public void A_template_that_breaks_for_a_customer_of_whom_nothing_is_known_is_found() =>
        Assert.Contains(
            Check(
                ("probe/1.en.webhook.liquid", """{"score": {{ scores.overall }}}"""),
                ("probe/1.ja.webhook.liquid", """{"score": {{ scores.overall | json }}}""")),
            problem => problem.Code == "does_not_render" && problem.Message.StartsWith("probe/1.en.webhook.liquid"));

    [Fact]
    public void The_sources_of_the_products_mails_are_sound_too()
    {
        var folder = Path.Combine(TestOutput.Root, "src/Grains/Campaigns/Templates/files");
        var sources = TemplateFiles.In(folder);
        Assert.Contains("welcome_active_learner/1.ja.mjml", sources.Paths);
        Assert.Empty(new TemplateCheck(sources, Examples.Clock, ["en", "ja"]).Run([Examples.Full, Examples.Bare]));
    }

    [Fact]
    public void An_operators_own_template_goes_before_the_products()
    {
        const string Ours = "---\ntitle: Ours\n---\nHello";
        var own = new TemplateFiles(new Dictionary<string, string> { ["welcome_back/1.en.in_app.liquid"] = Ours });
        var templates = new MessageTemplates(TemplateFiles.BuiltIn.Under(own), Examples.Clock);
        Assert.Equal("Ours", templates.Render(Examples.Input("welcome_back", 1, Channel.InApp, "en", Examples.Bare)).Subject);
        Assert.True(templates.Has("quarterly_winback", 1, Channel.Email));
    }

    private static IReadOnlyList<TemplateProblem> Check(params (string Path, string Text)[] files) =>
        new TemplateCheck(new TemplateFiles(files.ToDictionary(file => file.Path, file => file.Text)), Examples.Clock, ["en", "ja"]).Run(
            [Examples.Full, Examples.Bare]);
}

using LStep.Api.Hooks;
using LStep.Grains.Campaigns.Templates;
using LStep.Silo.Verbs;

namespace LStep.System.Tests.Hooks;

/// <summary>What is wrong with a mapping, or with a secret, is said before the silo serves.</summary>
public sealed class MappingFileTests
{
    [Fact]
    public void The_platforms_that_come_with_it_are_checked_and_closed_until_somebody_gives_a_secret()
    {
        var sources = HookHost.Sources();
        Assert.Equal(["stripe", "teachable", "thinkific", "typeform", "zendesk"], sources.Names);
        Assert.Empty(sources.Open);
        Assert.Null(sources.Find("stripe"));
        Assert.NotNull(HookHost.Sources(secrets: new Dictionary<string, string> { ["stripe"] = HookHost.Secret }).Find("stripe"));
    }

    [Theory]
    [InlineData("signature: hmac-md5\nheader: X", "own.liquid, line 2: signature is \"hmac-md5\": it is none of hmac-sha256")]
    [InlineData("signature: hmac-sha256", "there is no header")]
    [InlineData("header: X\nencoding: hexadecimal", "line 3: encoding is \"hexadecimal\"")]
    [InlineData("header: X\ncolour: red", "line 3: colour means nothing here")]
    [InlineData("signature: token\nencoding: hex", "line 3: encoding means nothing here")]
    [InlineData("header: X\nsigned: {timestamp}", "without {body}")]
    [InlineData("header: X\nsigned: {timestamp}.{body}", "line 3: signed is \"{timestamp}.{body}\": neither")]
    [InlineData("header: X\nsigned: {what}.{body}", "there are {body}, {timestamp} and {header NAME}")]
    [InlineData("header: X\ntimestamp-header: Y", "line 3: timestamp-header is \"Y\": signed does not name {timestamp}")]
    [InlineData("header: X\ntolerance: 300", "there is no timestamp")]
    [InlineData("header: X\ntimestamp-header: Y\nsigned: {timestamp}{body}\ntolerance: soon", "tolerance is \"soon\": give seconds")]
    [InlineData("header: X\nid: {{ event.id | nothing }}", "line 3: there is no filter nothing")]
    [InlineData("header: X\nid: {{ evnt.id }}", "line 3: there is no variable evnt.id")]
    public void A_head_that_means_nothing_is_refused_with_its_line(string head, string why) =>
        Assert.Contains(why, Refused($"---\n{head}\n---\n{{}}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("{% if event.a %}", "own.liquid, line")]
    [InlineData("{{ payload.a }}", "own.liquid, line 4: there is no variable payload.a")]
    [InlineData("\n\n{{ event.a | md5 }}", "own.liquid, line 6: there is no filter md5")]
    [InlineData("{% include 'other' %}", "own.liquid, line 4")]
    [InlineData("{% for i in (1..9999999) %}x{% endfor %}", "there is no range ..")]
    public void A_template_that_cannot_be_meant_is_refused_with_its_line(string body, string why) =>
        Assert.Contains(why, Refused($"---\nheader: X\n---\n{body}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"type":"track","event":"Login","userId":"{{ event.id }}"}""", """{"id":""}""", "would be refused: The event has neither")]
    [InlineData("""{"type":"track"{{ event.id }}}""", """{"id":"7"}""", "makes no JSON")]
    [InlineData("{% if event.other %}{}{% endif %}", """{"id":"7"}""", "has nothing for it")]
    [InlineData("{}", "nothing", "own.example.json")]
    public void An_example_beside_the_mapping_has_to_become_messages_that_are_taken(string body, string example, string why) =>
        Assert.Contains(why, Refused($"---\nheader: X\n---\n{body}", example), StringComparison.Ordinal);

    [Theory]
    [InlineData("Own.liquid")]
    [InlineData("own_file.liquid")]
    [InlineData("folder/own.liquid")]
    [InlineData("own.json")]
    [InlineData("other.example.json")]
    public void A_file_that_is_neither_a_mapping_nor_its_example_is_refused(string path) =>
        Assert.Contains(
            path,
            Assert.Throws<TemplateException>(
                () => HookHost.Sources(new Dictionary<string, string> { [path] = "---\nheader: X\n---\n{}" })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void An_operators_mapping_goes_before_that_of_the_product_and_needs_no_example()
    {
        var sources = HookHost.Sources(
            new Dictionary<string, string> { ["stripe.liquid"] = "---\nsignature: token\n---\n" },
            new Dictionary<string, string> { ["stripe"] = HookHost.Secret });
        Assert.Equal(["stripe"], sources.Open);
        Assert.Equal(5, sources.Names.Count());
    }

    [Fact]
    public void Secrets_come_from_variables_or_files_and_several_may_be_right()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("lstep-hooks-").FullName, "secret");
        File.WriteAllText(file, HookHost.Secret + "\n" + HookHost.Secret + "2\n");
        Assert.Equal(
            ["stripe", "zendesk"],
            Read(("LSTEP_HOOK_SECRET_STRIPE", HookHost.Secret), ("LSTEP_HOOK_SECRET_ZENDESK_FILE", file)).Open);
        Assert.Empty(Read(("LSTEP_HOOK_SECRET_STRIPE", ""), ("LSTEP_WEBHOOK_SECRET", "whsec_x")).Open);
    }

    [Theory]
    [InlineData("LSTEP_HOOK_SECRET_STRPE", "0123456789-0123456789", "a secret of strpe and no mapping")]
    [InlineData("LSTEP_HOOK_SECRET_STRIPE", "short-one", "less than 16 characters")]
    [InlineData("LSTEP_HOOK_SECRET_STRIPE_FILE", "/no/such/file-anywhere", "/no/such/file-anywhere")]
    [InlineData("LSTEP_HOOKS", "/no/such/folder-anywhere", "There is no folder /no/such/folder-anywhere")]
    public void A_setting_that_cannot_be_meant_is_told_without_the_secret(string name, string value, string why)
    {
        var message = Assert.Throws<WrongUsageException>(() => Read((name, value))).Message;
        Assert.Contains(why, message, StringComparison.Ordinal);
        if (!value.StartsWith('/')) Assert.DoesNotContain(value, message, StringComparison.Ordinal);
    }

    private static HookSources Read(params (string Name, string Value)[] variables) =>
        HookVariables.Read(variables.ToDictionary(one => one.Name, one => one.Value), Wall.Clock);

    private static string Refused(string mapping, string? example = null)
    {
        var files = new Dictionary<string, string> { ["own.liquid"] = mapping };
        if (example is not null) files["own.example.json"] = example;
        return Assert.Throws<TemplateException>(() => HookHost.Sources(files)).Message;
    }
}

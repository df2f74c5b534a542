using System.Text.Json;

namespace LStep.System.Tests.Ingest;

/// <summary>Ids that thousands of strangers share because their senders had none.</summary>
public class PlaceholderTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private readonly LStepHost host = fixture.Host;
    private readonly IngestClient client = new(fixture.Host.Address, fixture.Host.WriteKey);

    [Theory]
    [InlineData("undefined", "placeholder_id")]
    [InlineData("UNDEFINED", "placeholder_id")]
    [InlineData(" null ", "placeholder_id")]
    [InlineData("nil", "placeholder_id")]
    [InlineData("None", "placeholder_id")]
    [InlineData("NaN", "placeholder_id")]
    [InlineData("[object Object]", "placeholder_id")]
    [InlineData("[OBJECT OBJECT]", "placeholder_id")]
    [InlineData("true", "placeholder_id")]
    [InlineData("False", "placeholder_id")]
    [InlineData("00000000-0000-0000-0000-000000000000", "placeholder_id")]
    [InlineData("{00000000-0000-0000-0000-000000000000}", "placeholder_id")]
    [InlineData("00000000000000000000000000000000", "placeholder_id")]
    [InlineData("userId", "placeholder_id")]
    [InlineData("USER_ID", "placeholder_id")]
    [InlineData("user id", "placeholder_id")]
    [InlineData("", "no_id")]
    [InlineData("\t ", "no_id")]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("guest", null)]
    [InlineData("anonymousId", null)]
    [InlineData("undefined-7", null)]
    [InlineData("nullo", null)]
    [InlineData("00000000-0000-0000-0000-000000000001", null)]
    [InlineData("000", null)]
    public void As_a_userId_it_is_refused(string userId, string? code)
    {
        var json = JsonSerializer.Serialize(userId);
        Assert.Equal(code, Posted.One($$"""{"type":"track","event":"Login","userId":{{json}}}""").Refusal?.Code);
        Assert.Equal(code == "no_id" ? null : code, Posted.One(
            $$"""{"type":"track","event":"Login","userId":{{json}},"anonymousId":"a"}""").Refusal?.Code);
    }

    [Theory]
    [InlineData("undefined", true)]
    [InlineData("Null", true)]
    [InlineData("[object Object]", true)]
    [InlineData("00000000-0000-0000-0000-000000000000", true)]
    [InlineData("anonymousId", true)]
    [InlineData("anonymous_id", true)]
    [InlineData("0", true)]
    [InlineData("-1", true)]
    [InlineData("Anonymous", true)]
    [InlineData("GUEST", true)]
    [InlineData(" guest ", true)]
    [InlineData("", true)]
    [InlineData("guest-7", false)]
    [InlineData("1", false)]
    [InlineData("00", false)]
    [InlineData("userId", false)]
    public void As_an_anonymousId_it_counts_as_absent(string anonymousId, bool absent)
    {
        var json = JsonSerializer.Serialize(anonymousId);
        var beside = Posted.One($$"""{"type":"identify","userId":"u","anonymousId":{{json}}}""");
        Assert.Equal((null, absent ? null : anonymousId), (beside.Refusal?.Code, beside.Activity!.AnonymousId));
        Assert.Equal(absent ? "no_id" : null, Posted.One($$"""{"type":"track","event":"Login","anonymousId":{{json}}}""").Refusal?.Code);
    }

    [Theory]
    [InlineData("undefined", "b")]
    [InlineData("0", "b")]
    [InlineData("guest", "b")]
    [InlineData("previousId", "b")]
    [InlineData("a", "a")]
    public void As_the_previousId_of_an_alias_it_ties_nobody(string previousId, string tied) =>
        Assert.Equal(tied, Posted.Taken(
            $$"""{"type":"alias","userId":"u","previousId":"{{previousId}}","anonymousId":"b"}""").AnonymousId);

    [Fact]
    public void What_is_no_text_or_too_long_ties_nobody_either()
    {
        var tooLong = $"\"{new string('a', 129)}\"";
        foreach (var anonymousId in new[] { "0", "-1", "false", "{}", "[]", "{\"id\":1}", "[\"a\"]", "null", tooLong })
            Assert.Null(Posted.Taken($$"""{"type":"identify","userId":"u","anonymousId":{{anonymousId}}}""").AnonymousId);
    }

    [Theory]
    [InlineData("undefined")]
    [InlineData("anonymousId")]
    [InlineData("-1")]
    public async Task Strangers_with_the_same_placeholder_are_never_tied_together(string placeholder)
    {
        await client.Batch(Track("other", 1));
        (await client.Batch($$"""{"type":"identify","anonymousId":"{{placeholder}}","userId":"first {{placeholder}}","messageId":"i"}"""))
            .Succeeded();
        await client.Batch(Track("other", 2));
        (await client.Batch($$"""{"type":"alias","previousId":"{{placeholder}}","userId":"first {{placeholder}}","messageId":"a"}"""))
            .Succeeded();
        Assert.Equal(["a", "i"], await host.Database.Log($"first {placeholder}"));
        Assert.Empty(await host.Database.Waiting(placeholder));

        string Track(string whose, int number) =>
            $$"""{"type":"track","anonymousId":"{{placeholder}}","event":"Module Completed","messageId":"{{whose}} {{placeholder}} {{number}}"}""";
    }
}

namespace LStep.System.Tests.Ingest;

public class MessageTests
{
    [Theory]
    [InlineData("""{"type":"page","userId":"u","name":"Home"}""", ActivityType.PageView, "Home")]
    [InlineData("""{"type":"page","userId":"u","properties":{"name":"Home"}}""", ActivityType.PageView, "Home")]
    [InlineData("""{"type":"screen","userId":"u","name":"Inbox"}""", ActivityType.PageView, "Inbox")]
    [InlineData("""{"type":"page","userId":"u"}""", ActivityType.PageView, "")]
    [InlineData("""{"type":"track","userId":"u","event":"Page Viewed","properties":{"name":"Home"}}""", ActivityType.PageView, "Home")]
    [InlineData("""{"type":"identify","userId":"u","traits":{"plan":"Pro"}}""", ActivityType.Identify, "")]
    [InlineData("""{"type":"group","userId":"u","groupId":"g"}""", ActivityType.Group, "")]
    [InlineData("""{"type":"alias","userId":"u","previousId":"a"}""", ActivityType.Alias, "")]
    [InlineData("""{"type":"track","userId":"u"}""", ActivityType.Other, "")]
    public void Every_kind_of_call_becomes_an_activity(string json, ActivityType type, string name)
    {
        var activity = Posted.Taken(json);
        Assert.Equal((type, name), (activity.Type, activity.Event));
    }

    [Fact]
    public void Properties_and_traits_are_kept_as_they_came()
    {
        Assert.Equal("""{"a":1,"a":2, "ü":[{}]}""", Posted.Taken(Posted.Track("Login", """{"a":1,"a":2, "ü":[{}]}""")).Properties);
        Assert.Equal("""{"plan":"Pro"}""", Posted.Taken(
            """{"type":"identify","userId":"u","traits":{"plan":"Pro"},"properties":{"x":1}}""").Properties);
        Assert.Equal("{}", Posted.Taken("""{"type":"identify","userId":"u","traits":null}""").Properties);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[ ]")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"Pro\"")]
    [InlineData("[1]")]
    [InlineData("7")]
    public void Where_a_map_belongs_and_none_is_the_event_has_none(string value)
    {
        Assert.Equal(
            "{}",
            Posted.Taken(
                $$"""{"type":"track","userId":"u","event":"Login","properties":{{value}},"context":{{value}},"integrations":{{value}}}""").Properties);
        Assert.Equal(
            "{}", Posted.Taken($$"""{"type":"identify","userId":"u","traits":{{value}},"context":{"device":{{value}} } }""").Properties);
    }

    [Fact]
    public void What_nests_too_deeply_is_left_out_and_the_rest_of_the_event_taken()
    {
        static string Deep(int arrays) => new string('[', arrays) + new string(']', arrays);

        var taken = Posted.Taken(
            Posted.Track("Quiz Completed", $$"""{"a":1, "x":{{Deep(10_000)}},"score":80,"y":{"z":{{Deep(62)}}},"b":{{Deep(62)}}}"""));
        Assert.Equal(($$"""{"a":1,"score":80,"b":{{Deep(62)}}}""", 80m), (taken.Properties, taken.Score));
        Assert.Equal("{}", Posted.Taken($$"""{"type":"identify","userId":"u","traits":{"x":{{Deep(63)}} } }""").Properties);
        Posted.Taken($$"""{"type":"track","userId":"u","event":"Login","context":{{Deep(5_000)}}}""");
    }

    [Theory]
    [InlineData("""{"userId":"u","event":"Login"}""", ActivityType.Login)]
    [InlineData("""{"type":"","userId":"u","event":"Login"}""", ActivityType.Login)]
    [InlineData("""{"type":"Track ","userId":"u","event":"Login"}""", ActivityType.Login)]
    [InlineData("""{"type":"event","userId":"u","event":"Login"}""", ActivityType.Login)]
    [InlineData("""{"type":"IDENTIFY","userId":"u"}""", ActivityType.Identify)]
    [InlineData("""{"userId":"u","traits":{"plan":"Pro"}}""", ActivityType.Identify)]
    [InlineData("""{"userId":"u","groupId":"g","traits":{"plan":"Pro"}}""", ActivityType.Group)]
    [InlineData("""{"userId":"u","previousId":"a"}""", ActivityType.Alias)]
    public void A_type_that_is_missing_or_unknown_is_told_by_what_else_there_is(string json, ActivityType type) =>
        Assert.Equal(type, Posted.Taken(json).Type);

    [Theory]
    [InlineData("""{"type":"track","userId":"u","event":["Login"]}""")]
    [InlineData("""{"type":"track","userId":"u","event":{}}""")]
    [InlineData("""{"type":"track","userId":"u","event":true}""")]
    [InlineData("""{"type":"track","userId":"u","event":""}""")]
    public void An_event_whose_name_is_no_text_has_none(string json)
    {
        var activity = Posted.Taken(json);
        Assert.Equal((ActivityType.Other, ""), (activity.Type, activity.Event));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("true")]
    [InlineData("\" \"")]
    public void A_messageId_that_is_no_text_is_as_good_as_none(string messageId) =>
        Assert.StartsWith("srv-", Posted.Taken($$"""{"type":"track","userId":"u","event":"Login","messageId":{{messageId}}}""").MessageId);

    [Fact]
    public void A_message_without_an_id_is_given_one()
    {
        var first = Posted.Taken("""{"type":"track","userId":"u","event":"Login"}""");
        Assert.StartsWith("srv-", first.MessageId);
        Assert.StartsWith("srv-", Posted.Taken("""{"type":"track","userId":"u","event":"Login","messageId":""}""").MessageId);
        var both = Posted.Batch(
            """{"batch":[{"type":"track","userId":"u","event":"Login"},{"type":"track","userId":"u","event":"Login"}]}""");
        Assert.NotEqual(both[0].MessageId, both[1].MessageId);
    }

    [Fact]
    public void Ids_may_be_numbers_and_null_is_no_id()
    {
        Assert.Equal("4711", Posted.One("""{"type":"track","userId":4711,"event":"Login"}""").CustomerId);
        var anonymous = Posted.One("""{"type":"track","userId":null,"anonymousId":"a","event":"Login"}""");
        Assert.Null(anonymous.CustomerId);
        Assert.Equal("a", anonymous.Activity!.AnonymousId);
    }

    [Fact]
    public void An_alias_carries_the_previous_id() =>
        Assert.Equal("a", Posted.Taken("""{"type":"alias","userId":"u","previousId":"a","anonymousId":"b"}""").AnonymousId);

    [Fact]
    public void A_group_is_known_by_its_id() =>
        Assert.Equal("g-7", Posted.Taken("""{"type":"group","userId":"u","groupId":"g-7"}""").Subject);

    [Fact]
    public void Of_a_name_sent_twice_the_later_counts()
    {
        var parsed = Posted.One(
            """{"type":"track","userId":5,"userId":"u2","event":"x","event":"Login","properties":{"score":1},"properties":{}}""");
        Assert.Equal(("u2", ActivityType.Login), (parsed.CustomerId, parsed.Activity!.Type));
    }

    [Fact]
    public void Escaped_names_and_texts_are_as_good_as_plain_ones()
    {
        var parsed = Posted.One("""{"type":"track","user\u0049d":"J\u00fcrgen \ud83c\udfc6","event":"Lesson\u0020Completed"}""");
        Assert.Equal(("Jürgen 🏆", ActivityType.LessonCompleted), (parsed.CustomerId, parsed.Activity!.Type));
    }

    [Fact]
    public void The_endpoint_says_what_a_single_message_is()
    {
        var page = Posted.Taken("""{"userId":"u","name":"Home"}""", Posted.Live with { Kind = LStep.Api.Ingest.MessageKind.Page });
        Assert.Equal(ActivityType.PageView, page.Type);
    }

    [Fact]
    public void Ids_of_the_largest_size_are_taken()
    {
        var parsed = Posted.One(
            $$"""{"type":"track","event":"x","userId":"{{new string('u', 128)}}","messageId":"{{new string('m', 100)}}","anonymousId":"{{new string('a', 128)}}"}""");
        Assert.Null(parsed.Refusal);
        Assert.Equal(128, parsed.CustomerId!.Length);
    }
}

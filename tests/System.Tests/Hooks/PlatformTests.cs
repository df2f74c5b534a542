using System.Net;
using System.Text.Json;
using LStep.System.Tests.Ingest;

namespace LStep.System.Tests.Hooks;

/// <summary>Deliveries in the shapes that each platform describes, over HTTP, to what is in the customer's log.</summary>
public sealed class PlatformTests(HookHost hooks) : IClassFixture<HookHost>
{
    private LStepHost Host => hooks.Host;

    [Theory]
    [InlineData("charge.succeeded", "eur", 4900, "Payment Payment Succeeded", "49")]
    [InlineData("charge.succeeded", "usd", 1999, "Payment Payment Succeeded", "19.99")]
    [InlineData("charge.failed", "jpy", 4900, "PaymentFailed Payment Failed", "4900")]
    [InlineData("charge.succeeded", "kwd", 4905, "Payment Payment Succeeded", "4.905")]
    public async Task Stripe_brings_payments_in_the_currencys_own_unit(
        string type, string currency, int amount, string activity, string value)
    {
        var who = $"stripe-{type}-{currency}";
        var body = Charge($"evt_{who}", type, currency, amount, $$"""{"userId":"{{who}}"}""");
        Assert.Equal("""{"success":true,"messages":1,"ignored":0}""", (await hooks.Send("stripe", body)).Text);
        Assert.Equal([activity], await Host.Database.Events(who));
        var properties = await Properties(who);
        Assert.Equal(
            (value, currency.ToUpperInvariant()),
            ($"{properties.GetProperty("amount").GetDecimal():0.###}", properties.GetProperty("currency").GetString()));
        Assert.Equal([$"stripe-evt_{who}"], await Host.Database.Log(who));
    }

    [SdkFact]
    public async Task What_Stripes_own_library_signs_is_taken()
    {
        var said = await Sdk.Run("stripe.mjs", new Uri(Host.Address, "/v1/hooks/stripe").ToString(), HookHost.Secret, "stripe-sdk");
        Assert.Equal((200, """{"success":true,"messages":1,"ignored":0}"""), (
            said.GetProperty("status").GetInt32(), said.GetProperty("text").GetString()));
        Assert.Equal(["Payment Payment Succeeded"], await Host.Database.Events("stripe-sdk"));
    }

    [Fact]
    public async Task A_charge_is_of_whoever_has_the_email_whatever_its_case()
    {
        await Host.Post(new { type = "identify", userId = "by-email", traits = new { email = "Ada.Email@Example.org" } });
        Assert.Equal(HttpStatusCode.OK, (await hooks.Send(
            "stripe", Charge("evt_mail", "charge.succeeded", "eur", 100, "{}", "ada.email@example.org"))).Status);
        Assert.Contains("Payment Payment Succeeded", await Host.Database.Events("by-email"));

        Assert.Equal(HttpStatusCode.OK, (await hooks.Send(
            "stripe", Charge("evt_new", "charge.succeeded", "eur", 100, "{}", "nobody_%@example.org"))).Status);
        Assert.Equal(["Payment Payment Succeeded"], await Host.Database.Events("nobody_%@example.org"));
    }

    [Fact]
    public async Task A_charge_without_an_email_waits_for_the_account_it_is_of()
    {
        Assert.Equal(HttpStatusCode.OK, (await hooks.Send(
            "stripe", Charge("evt_wait", "charge.succeeded", "eur", 100, "{}", null, "cus_Wait"))).Status);
        Assert.Equal(["stripe-evt_wait"], await Host.Database.Waiting("stripe-cus_Wait"));
        await Host.Post(new { type = "identify", userId = "waited", traits = new { email = "waited@example.org" } });
        var answer = await hooks.Send("stripe", """
            {"id":"evt_cus","type":"customer.created","created":1773136800,"data":{"object":{"id":"cus_Wait","email":"waited@example.org"}}}
            """);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(["Identify ", "Identify ", "Payment Payment Succeeded"], await Host.Database.Events("waited"));
    }

    [Fact]
    public async Task Zendesk_brings_tickets_of_requesters_who_become_known()
    {
        var ticket = """
            {"type":"zen:event-type:ticket.created","account_id":1,"id":"01HTICKET","time":"2026-03-10T09:30:00Z","subject":"zen:ticket:3",
             "detail":{"id":"3","requester_id":"777","priority":"HIGH"},"event":{}}
            """;
        Assert.Equal(HttpStatusCode.OK, (await hooks.Send("zendesk", ticket)).Status);
        Assert.Equal(["zendesk-01HTICKET"], await Host.Database.Waiting("zendesk-777"));
        var user = """
            {"type":"zen:event-type:user.created","id":"01HUSER","time":"2026-03-10T09:31:00Z",
             "detail":{"id":"777","email":"z@example.org","external_id":"zen-learner","role":"end-user"},"event":{}}
            """;
        Assert.Equal(HttpStatusCode.OK, (await hooks.Send("zendesk", user)).Status);
        Assert.Equal(["Identify ", "SupportTicket Support Ticket Opened"], await Host.Database.Events("zen-learner"));
    }

    [Fact]
    public async Task Zendesks_triggers_bring_tickets_with_a_body_that_says_whose_they_are()
    {
        var body = """{"type":"ticket.created","id":"ticket-9","ticketId":"9","userId":"","email":"trigger@example.org"}""";
        Assert.Equal(HttpStatusCode.OK, (await hooks.Send("zendesk", body)).Status);
        Assert.Equal(["SupportTicket Support Ticket Opened"], await Host.Database.Events("trigger@example.org"));
    }

    [Theory]
    [InlineData("hidden", """{"user_id":"form-hidden"}""", "form-hidden")]
    [InlineData("mail", """{}""", "form@example.org")]
    public async Task Typeform_brings_the_rating_of_whoever_answered(string id, string hidden, string who)
    {
        var body = """
            {"event_id":"ID","event_type":"form_response","form_response":{"form_id":"f","submitted_at":"2026-03-10T09:30:00Z",
             "hidden":THESE,"answers":[
              {"type":"email","email":"form@example.org","field":{"type":"email","ref":"mail"}},
              {"type":"number","number":3,"field":{"type":"number","ref":"age"}},
              {"type":"number","number":9,"field":{"type":"opinion_scale","ref":"nps"}}]}}
            """.Replace("ID", id, StringComparison.Ordinal).Replace("THESE", hidden, StringComparison.Ordinal);
        Assert.Equal("""{"success":true,"messages":1,"ignored":0}""", (await hooks.Send("typeform", body)).Text);
        Assert.Equal(["NpsResponse NPS Submitted"], await Host.Database.Events(who));
        Assert.Equal(9, (await Properties(who)).GetProperty("score").GetInt32());
    }

    [Theory]
    [InlineData("lesson.completed", "\"lesson\":{\"id\":24},\"course\":{\"id\":1}", "LessonCompleted Lesson Completed")]
    [InlineData("quiz.attempted", "\"quiz\":{\"id\":43},\"grade\":66.7", "AssessmentTaken Quiz Completed")]
    [InlineData("enrollment.completed", "\"percentage_completed\":\"100\"", "CourseCompleted Course Completed")]
    [InlineData("order.created", "\"amount_cents\":5000,\"amount_dollars\":50,\"product_name\":\"Intro\"", "Payment Payment Succeeded")]
    public async Task Thinkific_brings_what_its_learners_do(string what, string more, string activity)
    {
        var learner = what.Length + 1_000;
        var body = $$$"""
            {"id":"2026{{{what}}}","resource":"{{{what.Split('.')[0]}}}","action":"{{{what.Split('.')[1]}}}",
             "created_at":"2026-03-10T09:30:00.474Z",
             "payload":{"user":{"id":{{{learner}}},"email":"{{{what}}}@example.org","first_name":"Ada"},{{{more}}} } }
            """;
        Assert.Equal("""{"success":true,"messages":1,"ignored":0}""", (await hooks.Send("thinkific", body)).Text);
        Assert.Equal([activity], await Host.Database.Events($"{learner}"));
    }

    [Fact]
    public async Task Thinkifics_sign_up_says_who_a_learner_is()
    {
        var body = """
            {"id":"2026signup","resource":"user","action":"signup","created_at":"2026-03-10T09:30:00.474Z",
             "payload":{"id":9001,"created_at":"2026-03-10T09:29:00Z","email":"su@example.org","first_name":"Su","last_name":"\"O'Hara\""}}
            """;
        Assert.Equal("""{"success":true,"messages":1,"ignored":0}""", (await hooks.Send("thinkific", body)).Text);
        var customer = await Host.Get("/api/customers/9001");
        Assert.Equal(("su@example.org", "Su \"O'Hara\""), (
            customer.GetProperty("email").GetString(), customer.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Teachable_brings_lessons_quizzes_courses_and_payments_in_a_list()
    {
        static string Event(int id, string type, string more) =>
            "{\"type\":\"" + type + "\",\"id\":1,\"livemode\":true,\"created\":\"2026-03-10T09:30:00+00:00\",\"hook_event_id\":" + id
                + ",\"object\":{" + more + "}}";

        const string User = "\"user\":{\"id\":13070,\"email\":\"t@example.org\",\"name\":\"Tea\"},\"course\":{\"id\":29}";
        string[] events =
        [
            Event(1, "User.created", "\"id\":13070,\"role\":\"student\",\"email\":\"t@example.org\",\"name\":\"Tea\""),
            Event(2, "LectureProgress.created", $"\"lecture_id\":65,\"percent_complete\":50,{User}"),
            Event(3, "Response.created", $"\"id\":5,{User}"), Event(4, "Enrollment.completed", $"\"percent_complete\":100,{User}"),
            Event(5, "Transaction.created", "\"user_id\":13070,\"final_price\":4950,\"currency\":\"USD\""),
            Event(6, "UserTag.created", "\"id\":1"),
        ];
        var body = $"[{string.Join(',', events)}]";
        Assert.Equal("""{"success":true,"messages":5,"ignored":1}""", (await hooks.Send("teachable", body)).Text);
        Assert.Equal(
            ["AssessmentTaken Quiz Completed", "CourseCompleted Course Completed", "Identify ", "LessonCompleted Lesson Completed",
                "Payment Payment Succeeded"],
            await Host.Database.Events("13070"));
        Assert.Equal(
            ["teachable-1", "teachable-2", "teachable-3", "teachable-4", "teachable-5"], await Host.Database.Log("13070"));
        Assert.Equal(HttpStatusCode.OK, (await hooks.Send("teachable", $"[{string.Join(", ", events.Reverse())}]")).Status);
        Assert.Equal(5, (await Host.Database.Log("13070")).Count);
    }

    [Fact]
    public async Task A_source_of_an_operator_may_be_signed_as_the_standard_says_and_say_in_a_header_what_the_event_is()
    {
        var answer = await hooks.Send("standard", """{"who":"standard-learner"}""");
        Assert.Equal("""{"success":true,"messages":1,"ignored":0}""", answer.Text);
        Assert.Equal(["Login Logged In"], await Host.Database.Events("standard-learner"));
    }

    private static string Charge(
        string id, string type, string currency, int amount, string metadata, string? email = null, string customer = "cus_Some") =>
        JsonSerializer.Serialize(new
        {
            id, @object = "event", type, created = 1773136800,
            data = new
            {
                @object = new
                {
                    id = "ch_1", amount, currency, customer, metadata = JsonElement.Parse(metadata),
                    billing_details = new { email, name = "Ada" }, receipt_email = (string?)null, failure_code = (string?)null,
                },
            },
        });

    private async Task<JsonElement> Properties(string customer)
    {
        await using var command = Host.Database.Source.CreateCommand("SELECT properties::text FROM activities WHERE customer_id = $1");
        command.Parameters.Add(new() { Value = customer });
        return JsonElement.Parse((string)(await command.ExecuteScalarAsync())!);
    }
}

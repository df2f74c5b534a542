namespace LStep.System.Tests.Ingest;

public class EventTableTests
{
    [Theory]
    [InlineData("Logged In", ActivityType.Login)]
    [InlineData("Signed In", ActivityType.Login)]
    [InlineData("Login", ActivityType.Login)]
    [InlineData("logged_in", ActivityType.Login)]
    [InlineData("LOGGED-IN", ActivityType.Login)]
    [InlineData("loggedIn", ActivityType.Login)]
    [InlineData("Page Viewed", ActivityType.PageView)]
    [InlineData("Feature Used", ActivityType.FeatureUse)]
    [InlineData("Video Played", ActivityType.VideoPlay)]
    [InlineData("Lesson Completed", ActivityType.LessonCompleted)]
    [InlineData("lesson_completed", ActivityType.LessonCompleted)]
    [InlineData("  Lesson   completed ", ActivityType.LessonCompleted)]
    [InlineData("Assessment Taken", ActivityType.AssessmentTaken)]
    [InlineData("quiz-completed", ActivityType.AssessmentTaken)]
    [InlineData("Module Completed", ActivityType.ModuleCompleted)]
    [InlineData("Forum Post Created", ActivityType.ForumPost)]
    [InlineData("Comment Made", ActivityType.Comment)]
    [InlineData("Question Asked", ActivityType.Question)]
    [InlineData("Answer Given", ActivityType.Answer)]
    [InlineData("Course Completed", ActivityType.CourseCompleted)]
    [InlineData("nps submitted", ActivityType.NpsResponse)]
    [InlineData("Support Ticket Opened", ActivityType.SupportTicket)]
    [InlineData("Payment Succeeded", ActivityType.Payment)]
    [InlineData("Payment Failed", ActivityType.PaymentFailed)]
    [InlineData("Email Delivered", ActivityType.MessageDelivered)]
    [InlineData("Email Opened", ActivityType.MessageOpened)]
    [InlineData("Email Clicked", ActivityType.MessageClicked)]
    [InlineData("Email Link Clicked", ActivityType.MessageClicked)]
    [InlineData("Email Bounced", ActivityType.MessageBounced)]
    [InlineData("Email Converted", ActivityType.MessageConverted)]
    [InlineData("Push Opened", ActivityType.MessageOpened)]
    [InlineData("In App Clicked", ActivityType.MessageClicked)]
    [InlineData("Unsubscribed", ActivityType.Unsubscribed)]
    [InlineData("Certificate Framed", ActivityType.Other)]
    [InlineData("Lesson Completed!", ActivityType.Other)]
    [InlineData("Lesson.Completed", ActivityType.Other)]
    [InlineData("", ActivityType.Other)]
    [InlineData("レッスン完了", ActivityType.Other)]
    public void An_event_name_means_an_activity(string name, ActivityType type)
    {
        var activity = Posted.Taken(Posted.Track(name));
        Assert.Equal((type, name), (activity.Type, activity.Event));
    }

    [Theory]
    [InlineData("Feature Used", "featureId", "forum")]
    [InlineData("Feature Used", "feature_id", "forum")]
    [InlineData("Video Played", "contentId", "v-1")]
    [InlineData("Lesson Completed", "lessonId", "l-1")]
    [InlineData("Module Completed", "moduleId", "m-1")]
    [InlineData("Email Opened", "actionId", "a-1")]
    [InlineData("Unsubscribed", "channel", "email")]
    [InlineData("Login", "lessonId", null)]
    [InlineData("Lesson Completed", "moduleId", null)]
    public void The_subject_is_the_property_the_type_uses(string name, string property, string? subject) =>
        Assert.Equal(subject, Posted.Taken(Posted.Track(name, $$"""{"{{property}}":"{{subject ?? "x"}}"}""")).Subject);

    [Theory]
    [InlineData("Quiz Completed", """{"score":75}""", 75.0)]
    [InlineData("Quiz Completed", """{"score":0}""", 0.0)]
    [InlineData("Quiz Completed", """{"score":100}""", 100.0)]
    [InlineData("Quiz Completed", """{"score":"82.5"}""", 82.5)]
    [InlineData("Quiz Completed", """{"score":33.333333333333336}""", 33.3333)]
    [InlineData("Quiz Completed", """{"score":null}""", null)]
    [InlineData("Quiz Completed", "{}", null)]
    [InlineData("NPS Submitted", """{"score":10}""", 10.0)]
    [InlineData("Lesson Completed", """{"score":900}""", null)]
    public void A_score_is_read_where_the_type_has_one(string name, string properties, double? score) =>
        Assert.Equal((decimal?)score, Posted.Taken(Posted.Track(name, properties)).Score);

    [Theory]
    [InlineData("Quiz Completed", """{"final":true}""", true)]
    [InlineData("Quiz Completed", """{"final":"true"}""", true)]
    [InlineData("Quiz Completed", """{"final":false}""", false)]
    [InlineData("Quiz Completed", "{}", false)]
    [InlineData("Lesson Completed", """{"final":true}""", false)]
    public void An_assessment_may_be_final(string name, string properties, bool final) =>
        Assert.Equal(final, Posted.Taken(Posted.Track(name, properties)).Final);

    [Theory]
    [InlineData("Module Completed", """{"curriculumCompletion":40}""", 40)]
    [InlineData("Module Completed", "{}", null)]
    [InlineData("Module Completed", """{"curriculumCompletion":140}""", 100)]
    [InlineData("Module Completed", """{"curriculumCompletion":"much"}""", null)]
    [InlineData("Course Completed", "{}", 100)]
    [InlineData("Course Completed", """{"curriculumCompletion":95}""", 95)]
    [InlineData("Lesson Completed", """{"curriculumCompletion":40}""", null)]
    public void Completion_of_the_curriculum_is_read_where_the_type_has_it(string name, string properties, int? completion) =>
        Assert.Equal(completion, Posted.Taken(Posted.Track(name, properties)).CurriculumCompletion);

    [Theory]
    [InlineData("Page Viewed", """{"count":12}""", 12)]
    [InlineData("Page Viewed", "{}", 1)]
    [InlineData("Page Viewed", """{"count":0}""", 1)]
    [InlineData("Page Viewed", """{"count":-4}""", 1)]
    [InlineData("Page Viewed", """{"count":"three"}""", 1)]
    [InlineData("Page Viewed", """{"count":1e300}""", 1)]
    [InlineData("Page Viewed", """{"count":99999999999}""", 1_000_000)]
    [InlineData("Lesson Completed", """{"count":12}""", 1)]
    public void Only_a_page_view_stands_for_more_than_one(string name, string properties, int count) =>
        Assert.Equal(count, Posted.Taken(Posted.Track(name, properties)).Count);

    [Theory]
    [InlineData("""{"device":"mobile"}""", "{}", true)]
    [InlineData("""{"device":"iPhone 15 Pro"}""", "{}", true)]
    [InlineData("""{"device":{"model":"x","type":"tablet"}}""", "{}", true)]
    [InlineData("""{"device":"desktop"}""", """{"device":{"type":"ios"}}""", false)]
    [InlineData("{}", """{"device":{"type":"android"}}""", true)]
    [InlineData("{}", """{"os":{"name":"iOS","version":"17"}}""", true)]
    [InlineData("{}", """{"os":{"name":"Windows"},"userAgent":"Mobi"}""", false)]
    [InlineData("{}", """{"userAgentData":{"mobile":true,"platform":"Android"}}""", true)]
    [InlineData("{}", """{"userAgentData":{"mobile":false},"userAgent":"Mozilla/5.0 (Linux; Android 14) Mobile"}""", false)]
    [InlineData("{}", """{"userAgent":"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148"}""", true)]
    [InlineData("{}", """{"userAgent":"Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0"}""", false)]
    [InlineData("{}", """{"device":7,"os":[],"userAgent":null}""", false)]
    [InlineData("{}", "\"none\"", false)]
    [InlineData("{}", "{}", false)]
    public void The_first_word_about_the_device_decides(string properties, string context, bool mobile) =>
        Assert.Equal(mobile, Posted.Taken(Posted.Track("Login", properties, $",\"context\":{context}")).Mobile);
}

using LStep.Api.Events;

namespace LStep.System.Tests.Events;

public class SuggestionTests
{
    [Theory]
    [InlineData("Lesson Complete", "Lesson Completed")]
    [InlineData("lesson_finished", "Lesson Completed")]
    [InlineData("Completed Lesson", "Lesson Completed")]
    [InlineData("User Completed a Lesson", "Lesson Completed")]
    [InlineData("lessoncompletd", "Lesson Completed")]
    [InlineData("Lesosn Completed", "Lesson Completed")]
    [InlineData("Lecture Completed", "Lesson Completed")]
    [InlineData("Module Finished", "Module Completed")]
    [InlineData("moduleCompletion", "Module Completed")]
    [InlineData("Course Complete", "Course Completed")]
    [InlineData("Quiz Taken", "Assessment Taken")]
    [InlineData("Quiz Complete", "Quiz Completed")]
    [InlineData("quizcompletd", "Quiz Completed")]
    [InlineData("Exam Submitted", "Assessment Taken")]
    [InlineData("Video Watched", "Video Played")]
    [InlineData("Viewed Page", "Page Viewed")]
    [InlineData("User Signed In", "Logged In")]
    [InlineData("Comment Posted", "Comment Made")]
    [InlineData("Question Posted", "Question Asked")]
    [InlineData("Forum Post Added", "Forum Post Created")]
    [InlineData("NPS Submited", "NPS Submitted")]
    [InlineData("Lesson Started", null)]
    [InlineData("Lesson Viewed", null)]
    [InlineData("Course Enrolled", null)]
    [InlineData("Video Paused", null)]
    [InlineData("Certificate Framed", null)]
    [InlineData("Signed Up", null)]
    [InlineData("Logged Out", null)]
    [InlineData("レッスン完了", null)]
    [InlineData("x", null)]
    [InlineData("🏆", null)]
    public void An_unknown_name_that_is_close_to_a_known_one_comes_with_it(string name, string? known) =>
        Assert.Equal(known, Suggestions.For(name)?.Name);
}

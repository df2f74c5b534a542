using LStep.System.Tests.Ingest;

namespace LStep.System.Tests.Xapi;

/// <summary>Clients that players are made with, as npm delivers them, with nothing changed but the endpoint.</summary>
public sealed class XapiClientsTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private static readonly NodePackages Packages = new("Xapi/sdk");
    private readonly LStepHost host = fixture.Host;

    private string Endpoint => host.Address + "xapi/";

    [SdkTheory]
    [InlineData("1.0.3")]
    [InlineData("2.0.0")]
    public async Task The_client_of_xapijs_takes_a_learner_through_a_course(string version)
    {
        var learner = "client-js-" + version;
        var said = await Packages.Run("xapi-js.mjs", Endpoint, host.WriteKey, learner, version);
        Assert.Equal(
            """
            {"about":{"version":["1.0.3","2.0.0"]},"sent":1,"batch":2,"one":true,"pages":[2,1],"voiding":1,"voided":true,
            "state":{"slide":7},"later":{"slide":8},"states":["bookmark"],"profile":{"tone":"light"},"shape":{"slides":9},
            "person":"Person","activity":"http://adlnet.gov/expapi/activities/lesson"}
            """.ReplaceLineEndings(""),
            said.GetRawText());
        Assert.Equal(
            ["AssessmentTaken Assessment Taken", "LessonCompleted Lesson Completed", "PageView Page Viewed"],
            await host.Database.Events(learner));
    }

    [SdkFact]
    public async Task The_wrapper_of_adl_does_the_same()
    {
        var said = await Packages.Run("adl.mjs", Endpoint, host.WriteKey, "client-adl");
        Assert.Equal(
            """{"works":true,"sent":200,"found":1,"state":204,"read":{"slide":3},"profile":204,"shape":204}""", said.GetRawText());
        Assert.Equal(["CourseCompleted Course Completed"], await host.Database.Events("client-adl"));
    }
}

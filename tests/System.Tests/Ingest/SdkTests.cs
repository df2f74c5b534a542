using System.Text.Json;

namespace LStep.System.Tests.Ingest;

/// <summary>Segment's own SDKs as npm delivers them, with nothing changed but the host.</summary>
public class SdkTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private readonly LStepHost host = fixture.Host;

    [SdkFact]
    public async Task The_sdk_for_node_works_with_only_the_host_changed()
    {
        var said = await Sdk.Run("node.mjs", Host, host.WriteKey, "sdk-node");
        Assert.Empty(said.GetProperty("failed").EnumerateArray());
        Assert.All(said.GetProperty("statuses").EnumerateArray(), status => Assert.Equal(200, status.GetInt32()));
        Assert.Equal(
            ["Alias ", "AssessmentTaken Quiz Completed", "Group ", "Identify ", "LessonCompleted Lesson Completed",
                "ModuleCompleted Module Completed", "PageView Home", "PageView Inbox"],
            await host.Database.Events("sdk-node"));
    }

    [SdkFact(NeedsBrowser = true)]
    public async Task The_sdk_for_browsers_works_with_only_the_hosts_changed_and_asks_nobody_else()
    {
        var said = await Sdk.Run("browser.mjs", Programs.Chromium!, Host, host.WriteKey, "sdk-browser");
        Assert.Empty(said.GetProperty("outside").EnumerateArray());
        Assert.Empty(said.GetProperty("failed").EnumerateArray());
        Assert.Equal(
            [$"GET /v1/projects/{host.WriteKey}/settings 200", "POST /v1/p 200", "POST /v1/t 200", "POST /v1/i 200", "POST /v1/t 200",
                "POST /v1/g 200", "POST /v1/a 200", $"GET /v1/projects/{host.WriteKey}/settings 200", "POST /v1/b 200"],
            said.GetProperty("sent").EnumerateArray().Select(line => line.GetString()));
        Assert.Equal(
            ["Alias ", "Answer Answer Given", "AssessmentTaken Quiz Completed", "Comment Comment Made", "Group ", "Identify ",
                "LessonCompleted Lesson Completed", "PageView Home", "Question Question Asked"],
            await host.Database.Events("sdk-browser"));
    }

    private string Host => host.Address.ToString().TrimEnd('/');
}

/// <summary>Says plainly what is missing instead of failing.</summary>
public sealed class SdkFactAttribute : FactAttribute
{
    private bool needsBrowser;

    internal static string? Missing => !Programs.InPath("node") || !Programs.InPath("npm") ? "Node 20 with npm is not installed." : null;

    public SdkFactAttribute() => Skip = Missing;

    public bool NeedsBrowser
    {
        get => needsBrowser;
        set
        {
            needsBrowser = value;
            if (value && Programs.Chromium is null) Skip ??= "Chromium is not installed.";
        }
    }
}

/// <inheritdoc cref="SdkFactAttribute"/>
public sealed class SdkTheoryAttribute : TheoryAttribute
{
    public SdkTheoryAttribute() => Skip = SdkFactAttribute.Missing;
}

internal static class Sdk
{
    private static readonly NodePackages Packages = new("Ingest/sdk");

    public static Task Installed => Packages.Installed;

    /// <inheritdoc cref="NodePackages.Run"/>
    public static Task<JsonElement> Run(string script, params string[] arguments) => Packages.Run(script, arguments);
}

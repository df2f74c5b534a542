using System.Text.Json;

namespace LStep.System.Tests;

/// <summary>Packages of npm, as their lock file has them, and scripts that use them; beside the built tests.</summary>
internal sealed class NodePackages
{
    private readonly string folder;
    private readonly Lazy<Task> install;

    /// <param name="folder">Under that of the tests.</param>
    public NodePackages(string folder)
    {
        this.folder = Path.Combine(AppContext.BaseDirectory, folder);
        install = new(() => Execute("npm", "ci", "--ignore-scripts"));
    }

    public Task Installed => install.Value;

    /// <summary>The last line a script prints, which is JSON.</summary>
    public async Task<JsonElement> Run(string script, params string[] arguments)
    {
        await Installed;
        var output = await Execute("node", [script, .. arguments]);
        return JsonElement.Parse(output.TrimEnd().Split('\n')[^1]);
    }

    private async Task<string> Execute(string program, params string[] arguments)
    {
        var ended = await Programs.RunIn(folder, new Dictionary<string, string>(), program, arguments);
        Assert.True(ended.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {ended.ExitCode}: {ended.Output}");
        return ended.StandardOutput;
    }
}

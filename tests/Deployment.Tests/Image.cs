namespace LStep.Deployment.Tests;

/// <summary>
/// What the Dockerfile makes, made without a container engine: its own COPY and RUN lines, in a folder for each stage. So every
/// path in them is relative to WORKDIR, or to a stage.
/// </summary>
public sealed class Image : IAsyncLifetime
{
    private static readonly string[] NeverCopied = ["bin", "obj", "node_modules", "wwwroot", ".lstep"];
    private readonly string root = Directory.CreateTempSubdirectory("lstep-image-").FullName;

    /// <summary>The folder that is /app in the image.</summary>
    public string App { get; private set; } = "";

    public async Task InitializeAsync()
    {
        foreach (var stage in Dockerfile.StagesOf(Dockerfile.Final)) await Build(stage);
        // As in the image: whoever runs it may read it, and nobody may change it.
        var (code, output) = await Programs.Run("chmod", "-R", "a=rX", App);
        Assert.True(code == 0, output);
        File.SetUnixFileMode(root, File.GetUnixFileMode(root) | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
    }

    public async Task DisposeAsync()
    {
        await Programs.Run("chmod", "-R", "u+rwX", root);
        Directory.Delete(root, recursive: true);
    }

    private async Task Build(Stage stage)
    {
        var folder = Under(stage.Name, "/");
        foreach (var instruction in stage.Instructions)
            switch (instruction.Name)
            {
                case "WORKDIR": Directory.CreateDirectory(folder = Under(stage.Name, instruction.Text)); break;
                case "COPY": Copy(instruction, folder); break;
                case "RUN": await Run(instruction, folder); break;
            }
        App = folder;
    }

    private string Under(string stage, string path) => Path.Combine(root, stage.Length == 0 ? "final" : stage, path.TrimStart('/'));

    private static async Task Run(Instruction instruction, string folder)
    {
        var (code, output) = await Programs.RunIn(
            folder, new Dictionary<string, string>(), "sh", "-c", string.Join(' ', instruction.WithoutFlags));
        Assert.True(code == 0, $"RUN {instruction.Text}\n{output}");
    }

    private void Copy(Instruction instruction, string folder)
    {
        var from = instruction.Flag("from");
        var words = instruction.WithoutFlags;
        var target = Path.GetFullPath(Path.Combine(folder, words[^1]));
        foreach (var source in words[..^1])
        {
            var path = from is null ? Repository.Path(source) : Under(from, source);
            if (Directory.Exists(path)) CopyFolder(path, target, all: from is not null);
            else File.Copy(path, words[^1].EndsWith('/') ? Path.Combine(target, Path.GetFileName(source)) : target, overwrite: true);
        }
    }

    private static void CopyFolder(string from, string to, bool all)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        foreach (var folder in Directory.EnumerateDirectories(from).Where(folder => all || !NeverCopied.Contains(Path.GetFileName(folder))))
            CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)), all);
    }
}

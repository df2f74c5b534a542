using System.Collections.Frozen;
using System.Text;

namespace LStep.Grains.Campaigns.Templates;

/// <summary>Texts of templates by path: those of the product, and those of an operator's folder, which go first.</summary>
public sealed class TemplateFiles
{
    private const string Prefix = "templates/";
    private const string Source = ".mjml";
    private const int FilesMax = 5_000;
    private const int FileBytesMax = 512 * 1024;

    private readonly FrozenDictionary<string, string> texts;

    public TemplateFiles(IReadOnlyDictionary<string, string> texts) => this.texts = texts.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>As built into the product; mails are compiled already.</summary>
    public static TemplateFiles BuiltIn { get; } = new(
        typeof(TemplateFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && IsText(name))
            .ToDictionary(name => name[Prefix.Length..], name => Encoding.UTF8.GetString(Resource(name[Prefix.Length..]))));

    public IEnumerable<string> Paths => texts.Keys;

    /// <summary>The source of a mail that is here without what it is compiled to; null where there is none.</summary>
    public string? Uncompiled => Paths.FirstOrDefault(
        path => path.EndsWith(Source, StringComparison.Ordinal) && path[0] != '_'
            && !texts.ContainsKey(path[..^Source.Length] + MessageTemplate.MailEnd));

    public string? Text(string path) => texts.GetValueOrDefault(path);

    /// <summary>Of a folder laid out like the product's own. Mails are compiled by `node compile.mjs FOLDER OUTPUT` beforehand.</summary>
    /// <exception cref="TemplateException">The folder is missing, or holds too much.</exception>
    public static TemplateFiles In(string folder)
    {
        if (!Directory.Exists(folder)) throw new TemplateException($"There is no folder {folder} of templates.");
        var found = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(IsText).Take(FilesMax + 1).ToArray();
        if (found.Length > FilesMax) throw new TemplateException($"{folder} holds more than {FilesMax} templates.");
        return new TemplateFiles(found.ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), Read));
    }

    /// <summary>These, where <paramref name="own"/> has none of the same path.</summary>
    public TemplateFiles Under(TemplateFiles own)
    {
        var all = texts.ToDictionary(StringComparer.Ordinal);
        foreach (var (path, text) in own.texts) all[path] = text;
        return new TemplateFiles(all);
    }

    /// <summary>A file that the build puts into the assembly beside the templates, such as the font of pictures.</summary>
    internal static byte[] Resource(string path)
    {
        using var stream = typeof(TemplateFiles).Assembly.GetManifestResourceStream(Prefix + path)
            ?? throw new TemplateException($"The product was built without {path}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static bool IsText(string path) => System.IO.Path.GetExtension(path) is ".liquid" or ".mjml" or ".json";

    private static string Read(string path) =>
        new FileInfo(path).Length <= FileBytesMax
            ? File.ReadAllText(path)
            : throw new TemplateException($"{path} is larger than {FileBytesMax / 1024} KB.");
}

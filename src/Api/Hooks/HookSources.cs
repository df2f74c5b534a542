using System.Collections.Frozen;
using System.Text;
using LStep.Grains.Campaigns.Templates;

namespace LStep.Api.Hooks;

/// <summary>All sources of webhooks: those of the product, and those of an operator's folder, which go first.</summary>
public sealed class HookSources
{
    private const string Prefix = "hooks/";
    private const string MappingEnd = ".liquid";
    private const string ExampleEnd = ".example.json";

    private static readonly TemplateFiles BuiltIn = new(
        typeof(HookSources).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..], Resource));

    private readonly FrozenDictionary<string, HookSource> sources;

    private HookSources(IEnumerable<HookSource> sources) =>
        this.sources = sources.ToFrozenDictionary(source => source.Name, StringComparer.Ordinal);

    /// <summary>Those that somebody has given the secret of.</summary>
    public IEnumerable<string> Open => sources.Values.Where(source => source.IsOpen).Select(source => source.Name).Order();

    public IEnumerable<string> Names => sources.Keys.Order();

    /// <summary>Reads and checks every mapping, also of sources that are closed.</summary>
    /// <param name="own">The operator's files; null for none.</param>
    /// <param name="secrets">By the name of the source; one suffices that is right.</param>
    /// <param name="clock">The machine's: platforms live in it.</param>
    /// <exception cref="TemplateException">A file cannot be meant, or a secret is of no source; it repeats no secret.</exception>
    public static HookSources Read(TemplateFiles? own, IReadOnlyDictionary<string, IReadOnlyList<string>> secrets, TimeProvider clock)
    {
        var files = NamesIn(BuiltIn).ToDictionary(name => name, _ => BuiltIn);
        foreach (var name in own is null ? [] : NamesIn(own)) files[name] = own!;
        if (secrets.Keys.FirstOrDefault(name => !files.ContainsKey(name)) is { } stray)
            throw new TemplateException(
                $"There is a secret of {stray} and no mapping of that name; there are {string.Join(", ", files.Keys.Order())}.");
        return new HookSources(files.Select(file => Source(file.Key, file.Value, secrets.GetValueOrDefault(file.Key, []), clock)));
    }

    /// <returns>Null also for one that is closed.</returns>
    public HookSource? Find(string name) => sources.TryGetValue(name, out var source) && source.IsOpen ? source : null;

    private static HookSource Source(string name, TemplateFiles files, IReadOnlyList<string> secrets, TimeProvider clock)
    {
        var path = name + MappingEnd;
        var source = HookSource.Read(name, TemplateFile.Parse(path, files.Text(path)!), secrets, clock);
        if (files.Text(name + ExampleEnd) is { } example) source.Try(name + ExampleEnd, example, clock.GetUtcNow());
        return source;
    }

    private static IEnumerable<string> NamesIn(TemplateFiles files)
    {
        foreach (var path in files.Paths)
        {
            if (path.EndsWith(ExampleEnd, StringComparison.Ordinal)
                && files.Text(path[..^ExampleEnd.Length] + MappingEnd) is not null) continue;
            if (!path.EndsWith(MappingEnd, StringComparison.Ordinal) || !HookSource.IsName(path[..^MappingEnd.Length]))
                throw new TemplateException(
                    $"{path} is no mapping: its name has to be NAME{MappingEnd}, with small letters, digits and hyphens, and "
                        + $"NAME{ExampleEnd} that of its example.");
            yield return path[..^MappingEnd.Length];
        }
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(HookSources).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

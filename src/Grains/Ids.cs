namespace LStep.Grains;

/// <summary>Where new ids come from; a seeded run passes its own source.</summary>
public sealed class Ids(Func<Guid> draw)
{
#pragma warning disable RS0030 // The one place where ids are drawn; everything else is given this source.
    /// <summary>Ids nobody can guess, ascending with the time they were made.</summary>
    public static Ids Fresh { get; } = new(static () => Guid.CreateVersion7());
#pragma warning restore RS0030

    public Guid Next() => draw();

    /// <summary>An id with a prefix that says what it names: "srv-0197…".</summary>
    public string Next(string prefix) => $"{prefix}-{draw():n}";
}

namespace LStep.Workbench.Demo;

/// <summary>Chance from a seed (SplitMix64): the same seed gives the same demo on every machine.</summary>
public sealed class Chance(ulong seed)
{
    private ulong state = seed;

    /// <summary>One stream for each learner and day, so that no learner's choices move another's.</summary>
    public static Chance Of(ulong seed, int learner, int day) =>
        new(seed ^ ((ulong)(uint)learner * 0x9E3779B97F4A7C15UL) ^ ((ulong)(uint)(day + 1) * 0xD1B54A32D192ED03UL));

    /// <summary>0 included, 1 not.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Happens(double probability) => Share() < probability;

    /// <summary>Both ends included.</summary>
    public int Between(int least, int most) => least + (int)(Share() * (most - least + 1));

    public T Of<T>(IReadOnlyList<T> from) => from[(int)(Share() * from.Count)];

    /// <summary>Around a mean, within three deviations; the sum of three shares is round enough.</summary>
    public double Around(double mean, double deviation) => mean + (deviation * 2 * (Share() + Share() + Share() - 1.5));

    private ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

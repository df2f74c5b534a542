namespace LStep.Workbench.Bench;

/// <summary>Processor time of the silo process, of every process of its PostgreSQL, and of this process, which makes the load.</summary>
internal sealed record Spent(TimeSpan Silo, TimeSpan PostgreSql, TimeSpan Load)
{
    public static Spent operator -(Spent after, Spent before) =>
        new(after.Silo - before.Silo, after.PostgreSql - before.PostgreSql, after.Load - before.Load);

    /// <param name="when">What time it was spent in.</param>
    /// <param name="unit">What there were so many of, with its article.</param>
    public void Write(Report report, string when, string unit, long count)
    {
        report.Add($"processor time of silo and PostgreSQL, {when}: µs {unit}", Each(Silo + PostgreSql));
        report.Add("  of it the silo", Each(Silo));
        report.Add("  of it PostgreSQL, all its processes", Each(PostgreSql));
        report.Add("  besides, not in it: the load's own", Each(Load));

        string Each(TimeSpan all) => (all.TotalMicroseconds / count).ToString("0.0");
    }
}

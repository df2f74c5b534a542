using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace LStep.Workbench.Faults;

/// <summary>One silo that was stopped with SIGTERM and started as another build, while the load went on.</summary>
/// <param name="Silo">From 0.</param>
/// <param name="From">The build it was; see <see cref="Processes.SiloBuild.Name"/>.</param>
/// <param name="To">The build it became.</param>
/// <param name="Stop">From SIGTERM until its process had ended.</param>
/// <param name="Start">From its start until it said that it was ready.</param>
/// <param name="AllAnswered">
/// How long every customer there was took to take something in through this silo, and then through the others.
/// </param>
/// <param name="Clients">What clients saw from SIGTERM until the next step.</param>
public sealed record Replaced(int Silo, string From, string To, TimeSpan Stop, TimeSpan Start, TimeSpan AllAnswered, ClientsSaw Clients);

/// <summary>How this build brought the tables up to date while all silos of the build before worked on them.</summary>
/// <param name="Before">The newest migration that the build before had made.</param>
/// <param name="Applied">Names of those that were missing.</param>
/// <param name="Took">Until all of them were committed.</param>
/// <param name="Clients">What clients saw from its beginning until the first silo was replaced.</param>
public sealed record Migrated(string Before, ImmutableArray<string> Applied, TimeSpan Took, ClientsSaw Clients);

public sealed record UpgradeResult : LoadResult
{
    [SetsRequiredMembers]
    public UpgradeResult(LoadResult load, Migrated migrated, ImmutableArray<Replaced> replaced) : base(load) =>
        (Migrated, Replaced) = (migrated, replaced);

    public Migrated Migrated { get; }

    public ImmutableArray<Replaced> Replaced { get; }
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace LStep.Workbench.Faults;

/// <param name="AllAnswered">From its beginning until every customer had taken something in through a silo that it did not concern.</param>
public sealed record Survived(Fault Fault, TimeSpan AllAnswered);

public sealed record FaultResult : LoadResult
{
    [SetsRequiredMembers]
    public FaultResult(LoadResult load, ImmutableArray<Survived> survived) : base(load) => Survived = survived;

    public ImmutableArray<Survived> Survived { get; }
}

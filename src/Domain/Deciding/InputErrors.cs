using System.Collections.Immutable;

namespace LStep.Domain.Deciding;

/// <summary>One thing wrong with what was sent in. Path as in "rules[2].conditions.any[0]".</summary>
public sealed record InputError(string Path, string Code, string Message);

/// <summary>What reading input came to; a closed set.</summary>
public abstract record Parsed<T>
{
    private Parsed() { }

    public sealed record Ok(T Value) : Parsed<T>;

    public sealed record Failed(ImmutableArray<InputError> Errors) : Parsed<T>;
}

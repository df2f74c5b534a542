using System.Collections.Immutable;

namespace LStep.Domain.Rules;

/// <summary>Which values of one metric conditions allow; a closed set. Two of one metric are of one kind.</summary>
abstract record Allowed
{
    private Allowed() { }

    public abstract bool IsEmpty { get; }

    /// <summary>What both allow.</summary>
    public abstract Allowed And(Allowed other);

    /// <summary>True only where every value allowed here is allowed there.</summary>
    public abstract bool IsWithin(Allowed other);

    /// <param name="Whole">The metric has whole values only.</param>
    public sealed record Numbers(NumberSet Set, bool Whole) : Allowed
    {
        public override bool IsEmpty => Set.IsEmpty;

        public override Allowed And(Allowed other) => Of(Set.Intersect(((Numbers)other).Set), Whole);

        public override bool IsWithin(Allowed other) => Of(Set.Intersect(((Numbers)other).Set.Complement()), Whole).IsEmpty;

        public static Numbers Of(NumberSet set, bool whole) => new(whole ? set.Whole() : set, whole);
    }

    /// <param name="Except">All texts but those named. Texts are compared without regard to case.</param>
    public sealed record Texts(ImmutableHashSet<string> Named, bool Except) : Allowed
    {
        public static Texts Of(IEnumerable<string> named, bool except) =>
            new(named.ToImmutableHashSet(StringComparer.OrdinalIgnoreCase), except);

        public override bool IsEmpty => !Except && Named.IsEmpty;

        public override Allowed And(Allowed other) => (this, (Texts)other) switch
        {
            ({ Except: false }, { Except: false } with) => this with { Named = Named.Intersect(with.Named) },
            ({ Except: false }, { } with) => this with { Named = Named.Except(with.Named) },
            (_, { Except: false } with) => with with { Named = with.Named.Except(Named) },
            (_, { } with) => this with { Named = Named.Union(with.Named) },
        };

        public override bool IsWithin(Allowed other) => (this, (Texts)other) switch
        {
            ({ Except: false }, { Except: false } with) => Named.IsSubsetOf(with.Named),
            ({ Except: false }, { } with) => !Named.Overlaps(with.Named),
            (_, { Except: false }) => false,
            (_, { } with) => with.Named.IsSubsetOf(Named),
        };
    }

    /// <summary>What a list has in it, and what not.</summary>
    public sealed record Items(ImmutableHashSet<string> With, ImmutableHashSet<string> Without) : Allowed
    {
        public override bool IsEmpty => With.Overlaps(Without);

        public override Allowed And(Allowed other) =>
            new Items(With.Union(((Items)other).With), Without.Union(((Items)other).Without));

        public override bool IsWithin(Allowed other) =>
            ((Items)other).With.IsSubsetOf(With) && ((Items)other).Without.IsSubsetOf(Without);
    }

    /// <summary>A comparison that nothing more is known of than that it is this very one.</summary>
    public sealed record Itself : Allowed
    {
        public override bool IsEmpty => false;

        public override Allowed And(Allowed other) => this;

        public override bool IsWithin(Allowed other) => true;
    }
}

namespace LStep.Domain.Packing;

/// <summary>
/// A customer between its turns, as its row holds it: two arrays of bytes where the same state as objects
/// is dozens. A turn unpacks it, and packs what it decided.
/// </summary>
public sealed class PackedCustomer
{
    readonly Profile profile;

    PackedCustomer(CustomerState state) =>
        (CustomerId, Version, State, Recent, profile) = (
            state.CustomerId, state.Version, StatePacking.Pack(state), StatePacking.PackRecent(state.Recent), state.Profile);

    public static PackedCustomer Of(CustomerState state) => new(state);

    public string CustomerId { get; }

    public long Version { get; }

    /// <summary>As <see cref="StatePacking.Pack"/> makes it.</summary>
    public byte[] State { get; }

    /// <summary>As <see cref="StatePacking.PackRecent"/> makes it.</summary>
    public byte[] Recent { get; }

    /// <summary>Made anew at each call.</summary>
    public CustomerState Unpack() => StatePacking.Unpack(State, CustomerId, Version, profile, StatePacking.UnpackRecent(Recent));
}

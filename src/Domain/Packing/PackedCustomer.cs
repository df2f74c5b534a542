namespace LStep.Domain.Packing;

/// <summary>A customer's state as its row holds it, made once for whoever stores it and whoever keeps it.</summary>
public sealed class PackedCustomer
{
    PackedCustomer(CustomerState state) =>
        (Version, State, Recent, Profile) = (
            state.Version, StatePacking.Pack(state), StatePacking.PackRecent(state.Recent), state.Profile);

    public static PackedCustomer Of(CustomerState state) => new(state);

    public long Version { get; }

    /// <summary>As <see cref="StatePacking.Pack"/> makes it.</summary>
    public byte[] State { get; }

    /// <summary>As <see cref="StatePacking.PackRecent"/> makes it.</summary>
    public byte[] Recent { get; }

    public Profile Profile { get; }
}

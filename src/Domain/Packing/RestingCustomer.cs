namespace LStep.Domain.Packing;

/// <summary>
/// A customer between its turns: one array of bytes where the same state as objects is dozens. A turn unpacks it; what the turn made is
/// written over it, as long as there is room, so that nothing of a turn has to outlive it.
/// </summary>
public sealed class RestingCustomer
{
    /// <summary>Room for the next activities, in bytes: a state grows by a few with each of them.</summary>
    const int Spare = 64;

    readonly string customerId;
    byte[] bytes = [];
    int stateLength, recentLength;
    long version;
    Profile profile = Profile.Empty;

    public RestingCustomer(string customerId, PackedCustomer packed)
    {
        this.customerId = customerId;
        Become(packed);
    }

    /// <summary>Takes the place of what it was.</summary>
    public void Become(PackedCustomer packed)
    {
        (stateLength, recentLength, version, profile) = (packed.State.Length, packed.Recent.Length, packed.Version, packed.Profile);
        var length = stateLength + recentLength;
        if (length > bytes.Length || length + 4 * Spare < bytes.Length) bytes = new byte[length + Spare];
        packed.State.CopyTo(bytes, 0);
        packed.Recent.CopyTo(bytes, stateLength);
    }

    /// <summary>Made anew at each call.</summary>
    public CustomerState Unpack() => StatePacking.Unpack(
        bytes.AsSpan(0, stateLength), customerId, version, profile,
        StatePacking.UnpackRecent(bytes.AsSpan(stateLength, recentLength)));
}

namespace Orleans.Runtime;

/// <summary>One activation as its grain sees it.</summary>
public interface IGrainContext
{
    GrainId GrainId { get; }

    object? GrainInstance { get; }

    /// <summary>Services with the activation's lifetime as their scope.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Ends this activation once no call of it is running.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

using LStep.Domain;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Time;

namespace LStep.Workbench.Simulation;

/// <summary>What one process works with.</summary>
public sealed record Durable(ICustomers Customers, IJournal Journal, IChecks Checks, IBatches Batches);

/// <summary>Where a simulated population is kept; empty at first.</summary>
public interface ISimulationStore
{
    /// <summary>Called once by each process.</summary>
    Durable Open();

    /// <summary>Everything that is kept, in the order of the customers' ids.</summary>
    Task<IReadOnlyList<StoredAll>> All();

    /// <summary>What campaigns follow from, in the order of the customers' ids, kinds and numbers.</summary>
    Task<IReadOnlyList<KeptCause>> Causes();
}

/// <summary>A row of what campaigns follow from.</summary>
public sealed record KeptCause(string Customer, StepCause Cause);

using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;

namespace LStep;

/// <summary>One customer: the only place where its status changes. Key: the customer's id.</summary>
[Alias("lstep.customer")]
public interface ICustomerGrain : IGrainWithStringKey
{
    /// <summary>Records activities and decides, in one commit; answers after it.</summary>
    /// <exception cref="OverloadedException">A queue on the way was full: nothing was recorded, try again.</exception>
    [AlwaysInterleave, Alias("record")] Task<Receipt> Record(ImmutableArray<Activity> activities);

    /// <summary>The customer as of now, or null when it is not known.</summary>
    [Alias("view")] Task<CustomerView?> View();

    /// <summary>What the rules say now and why; changes nothing. Null when the customer is not known.</summary>
    [Alias("explain")] Task<EvaluationView?> Explain();

    /// <summary>Decides now, as an activity would, and explains what it found. Null when the customer is not known.</summary>
    /// <param name="by">Who asked; null for nobody in person.</param>
    [Alias("evaluate")] Task<EvaluationView?> Evaluate(Person? by);

    /// <summary>
    /// Makes up everything that time alone made due up to an instant, in order, and decides as of it where somebody asked; answers the
    /// outcome.
    /// </summary>
    [Alias("catch-up")] Task<CatchUpResult> CatchUp(DateTimeOffset upTo, string? batchId, bool asked);

    /// <summary>
    /// Carries out what a person decided, after everything that time made due before it. Answers after the commit. What it finds due is
    /// committed also when the act itself is refused.
    /// </summary>
    [Alias("act")] Task<ActResult> Act(CustomerAct act);

    /// <summary>Erases the person and ends. Null when the customer is not known.</summary>
    [Alias("erase")] Task<ErasureReceipt?> Erase(Person by);
}

/// <param name="Transitions">Tags moved.</param>
/// <param name="Reviews">Reviews opened.</param>
[GenerateSerializer, Immutable, Alias("lstep.catch-up-result")]
public readonly record struct CatchUpResult([property: Id(0)] int Transitions, [property: Id(1)] int Reviews);

/// <summary>A bounded queue was full; the caller may try again after the time named.</summary>
[GenerateSerializer, Alias("lstep.overloaded")]
public sealed class OverloadedException(string message) : Exception(message)
{
}

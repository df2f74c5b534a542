namespace LStep.Domain;

/// <summary>The one place where a customer's status changes: a pure function of state, activities, rules and an instant.</summary>
public static class Lifecycle
{
    // Signatures agreed; bodies to come.

    /// <summary>
    /// Makes up what time made due up to now, records the activities, decides. state is null for a customer not yet known
    /// (then activities must not be empty). now is raised to state.EvaluatedAt where a clock runs behind.
    /// </summary>
    public static Step Record(string customerId, CustomerState? state, IReadOnlyList<Activity> activities, Rulebook book, DateTimeOffset now) =>
        throw new NotSupportedException();

    /// <summary>
    /// Makes up everything that time alone made due in (from, upTo], step by step as of each due instant.
    /// from is the later of state.EvaluatedAt and checkedUpTo (an instant up to which all was found settled before).
    /// Without an outcome the step has no changes.
    /// </summary>
    public static Step CatchUp(CustomerState state, Rulebook book, DateTimeOffset upTo, DateTimeOffset now, string? batchId = null, DateTimeOffset? checkedUpTo = null) =>
        throw new NotSupportedException();

    /// <summary>Decides as of now, on demand.</summary>
    public static Step Evaluate(CustomerState state, Rulebook book, DateTimeOffset now, string? batchId = null) =>
        throw new NotSupportedException();

    /// <summary>Explains as of now; changes nothing.</summary>
    public static EvaluationView Explain(CustomerState state, Rulebook book, DateTimeOffset now) =>
        throw new NotSupportedException();
}

namespace LStep.Workbench.Simulation;

/// <summary>A request of a client that a process works on.</summary>
internal sealed record Call(UnreliableLink UnreliableLink, IReadOnlyList<Message> Messages, Task Answer)
{
    /// <summary>Null when it ended well, or in one of the two ways that callers are told to try again.</summary>
    public static Exception? Unexpected(Task task) =>
        task.Exception?.InnerExceptions.FirstOrDefault(exception => exception is not (StorageUnavailableException or OverloadedException));

    /// <summary>The answer goes out; a lost one leaves the client as wise as before.</summary>
    public void Hear(Commits commits, Findings findings, bool lost)
    {
        if (Unexpected(Answer) is { } exception) findings.Add($"{UnreliableLink.Process.Name} failed: {exception}");
        if (!Answer.IsCompletedSuccessfully)
        {
            findings.Count("requests answered with 503");
            return;
        }
        foreach (var (message, item) in Messages.Zip(Answer is Task<Receipt> { Result: var receipt } ? receipt.Items : []))
        {
            var (customer, id) = (message.Customer, message.Activity.MessageId);
            if (item.Outcome == RecordOutcome.Refused) findings.Add($"{id} of {customer} was refused: {item.Message}");
            else if (!commits.Has(customer, id)) findings.Add($"{id} of {customer} was acknowledged and is not committed.");
            if (item.Outcome == RecordOutcome.Duplicate) findings.Count("messages recognised as repeated");
            if (!lost) message.IsAcknowledged = true;
        }
        if (lost) findings.Count("acknowledgements lost");
    }
}

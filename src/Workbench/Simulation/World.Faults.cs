namespace LStep.Workbench.Simulation;

/// <summary>What goes wrong between a process and its storage, and with processes themselves.</summary>
public sealed partial class World
{
    private async Task Answer(Operation operation, bool lost)
    {
        findings.Tell($"{operation.UnreliableLink.Process.Name} {operation.What}: {(lost ? "answer lost" : "answered")}");
        underWay.Remove(operation);
        if (!lost) operation.Answer();
        else
        {
            findings.Count("answers lost");
            await operation.Fail(new StorageUnavailableException("simulated: connection lost"), forGood: true);
        }
    }

    private async Task Fail(Operation operation, string how, Exception failure, bool forGood)
    {
        findings.Tell($"{operation.UnreliableLink.Process.Name} {operation.What}: {how}");
        findings.Count($"questions {how}");
        if (forGood) underWay.Remove(operation);
        await operation.Fail(failure, forGood);
    }

    private async Task Strike(SimulatedProcess process)
    {
        switch (chance.Between(0, 3))
        {
            case 0:
                await Kill(process);
                break;
            case 1 or 2:
                process.IsPaused = !process.IsPaused;
                findings.Tell($"{process.Name} {(process.IsPaused ? "is stopped" : "goes on")}");
                if (process.IsPaused) findings.Count("processes stopped for a while");
                break;
            default:
                process.Clock.Skew = TimeSpan.FromSeconds(chance.Between(-60, 60) * chance.Of([1, 5, 60]));
                findings.Tell($"the clock of {process.Name} is {process.Clock.Skew} off");
                findings.Count("clocks stepped");
                break;
        }
    }

    /// <summary>What it has sent may still be carried out; it gets no answer, and neither does its caller.</summary>
    private async Task Kill(SimulatedProcess process)
    {
        findings.Tell($"{process.Name} is killed and started again");
        findings.Count("processes killed");
        var link = process.UnreliableLink;
        foreach (var operation in underWay.FindAll(operation => operation.UnreliableLink == link))
        {
            await operation.Abandon();
            if (operation.IsDone || chance.Happens(0.5)) underWay.Remove(operation);
        }
        await link.EndTransactions();
        calls.RemoveAll(call => call.UnreliableLink == link);
        process.Rulebook = newest;
        process.Start();
    }
}

namespace LStep.Workbench.Bench.Attacks;

/// <summary>What somebody does to a silo for as long as it is not cancelled.</summary>
/// <param name="Name">As the table shows it.</param>
internal sealed record Attack(string Name, Func<Uri, CancellationToken, Task> Run);

namespace LStep.Workbench.Sends;

public sealed record SendsOptions
{
    /// <summary>Made empty at the start; nothing of it stays.</summary>
    public required string Folder { get; init; }

    public required ulong Seed { get; init; }
    public int Kills { get; init; } = 200;
    public int Silos { get; init; } = 2;

    /// <summary>Whose tags are set before each kill; each has about two messages.</summary>
    public int CustomersPerKill { get; init; } = 8;

    /// <summary>The receiver of webhooks knows a key again, and the silos are told so.</summary>
    public bool KeepsKeys { get; init; }

    /// <summary>
    /// At the end nobody waits for the leases of killed processes: all silos stop, and the leases lapse as if their time had passed.
    /// </summary>
    public bool LapsesLeases { get; init; }

    /// <summary>The silo's dll of another build; null for this one's.</summary>
    public string? Build { get; init; }
}

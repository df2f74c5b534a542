namespace LStep.Workbench.Auditing;

/// <param name="Found">How many of it there are; there should be none.</param>
/// <param name="Example">One of them, or null.</param>
public sealed record AuditLine(string What, long Found, string? Example = null)
{
    public override string ToString() => Example is null ? $"{What}: {Found:N0}" : $"{What}: {Found:N0}, such as {Example}";
}

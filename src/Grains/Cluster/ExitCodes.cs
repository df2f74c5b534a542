namespace LStep.Grains.Cluster;

public static class ExitCodes
{
    /// <summary>The silo's cluster gave it up, or cannot be reached any more: whoever runs it starts it again, as another one.</summary>
    public const int DeclaredDead = 70;
}

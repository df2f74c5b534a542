namespace LStep.Grains.Database.Postgres;

/// <summary>The private PostgreSQL cannot be had; the message tells a person what to do.</summary>
public sealed class PrivatePostgresException(string message) : Exception(message)
{
}

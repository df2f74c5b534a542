namespace LStep.Domain.Valuing;

/// <summary>What a customer paid on one business day, together.</summary>
/// <param name="Day">The number of the day (<see cref="DateOnly.DayNumber"/>).</param>
/// <param name="Amount">In the installation's currency; above 0.</param>
public readonly record struct PaidDay(int Day, double Amount);

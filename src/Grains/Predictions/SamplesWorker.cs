using LStep.Grains.Rules;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Predictions;

/// <summary>Takes samples when a business day has begun. Runs on real time also where the product lives on a simulated clock.</summary>
public sealed class SamplesWorker(
    Samples samples, RulebookSource rulebook, TimeProvider clock, SiloPhase phase, ILogger<SamplesWorker> log)
    : RepeatedWork(TimeSpan.FromSeconds(LookSeconds), atOnce: false, "Samples of predictions could not be taken", log)
{
    private const int LookSeconds = 2;

    private DateOnly? taken;

    protected override async Task Once(CancellationToken stopping)
    {
        var (book, now) = (rulebook.Current, clock.Now());
        var today = book.Calendar.DayOf(now);
        if (taken == today || phase.IsDraining || book.Model is not { } model) return;
        await samples.Take(book.Calendar, model, now, stopping);
        while (await samples.Settle(now, stopping)) stopping.ThrowIfCancellationRequested();
        taken = today;
    }
}

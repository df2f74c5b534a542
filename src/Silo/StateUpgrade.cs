using LStep.Grains;
using LStep.Grains.Customers;
using LStep.Grains.Rules;
using LStep.Grains.Time.Daily;
using LStep.Grains.Time.Figures;

namespace LStep.Silo;

/// <summary>
/// What an upgrade leaves to do that no migration can: states whose numbers mean something else now are counted anew, and the daily rows
/// follow the log from its beginning. Done before anything serves; one look at a setting when it is over.
/// </summary>
public static class StateUpgrade
{
    /// <summary>The rulebook must be open.</summary>
    public static async Task Run(IServiceProvider services, CancellationToken cancel)
    {
        var recounting = services.GetRequiredService<Recounting>();
        if (await recounting.IsDone(cancel)) return;
        await recounting.Run(
            services.GetRequiredService<RulebookSource>().Current, services.GetRequiredService<TimeProvider>().Now(), cancel);
        await services.GetRequiredService<DailyRows>().Again(cancel);
        await services.GetRequiredService<FigureRows>().Again(cancel);
        await recounting.Finish(cancel);
    }
}

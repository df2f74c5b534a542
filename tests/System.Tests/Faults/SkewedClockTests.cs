using LStep.Silo;
using LStep.Workbench.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Faults;

public sealed class SkewedClockTests
{
    [Fact]
    public async Task Who_writes_the_file_steps_the_clock_of_a_running_silo_and_only_its_time_of_day()
    {
        var folder = Directory.CreateTempSubdirectory("lstep-skew-").FullName;
        using var file = new SkewedClock(TimeProvider(), Path.Combine(folder, "clock"));
        using var read = new SkewedClock(TimeProvider(), Path.Combine(folder, "clock"));
        await using (var silo = await LStepSilo.Start(
            new SiloOptions { Port = 0, DataFolder = folder, Postgres = await PostgresFixture.FreshDatabase(), WallClock = read }))
        {
            var clock = silo.Services.GetRequiredService<TimeProvider>();
            Assert.InRange((clock.GetUtcNow() - Wall.Now).TotalSeconds, -5, 5);

            file.Ahead = TimeSpan.FromMinutes(-7);
            Assert.InRange((clock.GetUtcNow() - Wall.Now).TotalSeconds, -425, -415);
            file.Ahead = TimeSpan.FromMinutes(9);
            Assert.InRange((clock.GetUtcNow() - Wall.Now).TotalSeconds, 535, 545);
        }
        Directory.Delete(folder, recursive: true);
    }

#pragma warning disable RS0030 // The clock that is made wrong.
    private static TimeProvider TimeProvider() => global::System.TimeProvider.System;
#pragma warning restore RS0030
}

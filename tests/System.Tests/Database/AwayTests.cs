using LStep.Grains.Database;

namespace LStep.System.Tests.Database;


public sealed class AwayTests
{
    [Fact]
    public async Task A_silo_tells_another_why_its_database_is_away_without_what_the_other_cannot_read()
    {
        await using var database = new PostgresDatabase($"Host=127.0.0.1;Port={Ports.Free()};Username=nobody;Database=nothing");

        var away = await Assert.ThrowsAsync<StorageUnavailableException>(() => database.Use(_ => Task.CompletedTask));

        // An exception of the driver inside it cannot be sent between silos: the caller would hear of a serializer's trouble instead.
        Assert.Null(away.InnerException);
        Assert.Contains("refused", away.Message);
    }
}

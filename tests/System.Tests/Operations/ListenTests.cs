using System.Net.Sockets;
using LStep.Silo;

namespace LStep.System.Tests.Operations;

public sealed class ListenTests
{
    [Theory]
    [InlineData("127.0.0.1", "http://127.0.0.1:")]
    [InlineData("0.0.0.0", "http://0.0.0.0:")]
    [InlineData("[::1]", "http://[::1]:")]
    public async Task A_silo_listens_where_it_is_told(string listen, string address)
    {
        if (listen.StartsWith('[') && !Socket.OSSupportsIPv6) return;
        var folder = Directory.CreateTempSubdirectory("lstep-listen-").FullName;
        try
        {
            await using var silo = await LStepSilo.Start(new SiloOptions
            {
                Listen = listen, Port = 0, DataFolder = folder, Postgres = await PostgresFixture.FreshDatabase(),
                WriteKey = "write-key-of-the-listen-test", AdminToken = "admin-token-of-the-listen-test",
            });
            Assert.StartsWith(address, silo.Address.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

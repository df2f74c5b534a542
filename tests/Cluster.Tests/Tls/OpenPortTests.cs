using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace LStep.Cluster.Tests.Tls;

/// <summary>An address that other machines reach is opened by certificates or by somebody who says so, never by accident.</summary>
public sealed class OpenPortTests
{
    private static readonly string Elsewhere = OfThisMachine()?.ToString() ?? "";
    private static readonly Dictionary<string, string> Nothing = [];

    [NeedsAnAddress]
    public async Task Without_certificates_it_is_refused_in_a_sentence_that_says_what_to_do()
    {
        await using var silo = new OneSilo(await PostgresFixture.FreshDatabase(), Nothing, "--advertise", Elsewhere);

        Assert.Equal(1, await silo.Ended());

        Assert.Contains("--silo-cert, --silo-key and --silo-ca, or say --silo-insecure", silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", silo.Output, StringComparison.Ordinal);
    }

    [NeedsAnAddressForEach]
    [InlineData("--silo-insecure", "false")]
    [InlineData("--drain=0", "true")]
    public async Task Said_out_loud_by_option_or_variable_it_starts_and_warns(string option, string variable)
    {
        var variables = new Dictionary<string, string> { ["LSTEP_SILO_INSECURE"] = variable };
        await using var silo = new OneSilo(await PostgresFixture.FreshDatabase(), variables, "--advertise", Elsewhere, option);

        await silo.Serves();

        Assert.Contains("is open without certificates (--silo-insecure)", silo.Output, StringComparison.Ordinal);
    }

    [NeedsAnAddress]
    public async Task With_certificates_it_starts_and_has_nothing_to_warn_of()
    {
        using var authority = new Authority("authority");
        var files = authority.ForSilo();
        await using var silo = new OneSilo(await PostgresFixture.FreshDatabase(), Nothing,
            "--advertise", Elsewhere, "--silo-cert", files.Certificate, "--silo-key", files.Key, "--silo-ca", files.Authority);

        await silo.Serves();

        Assert.DoesNotContain("is open without certificates", silo.Output, StringComparison.Ordinal);
    }

    private static IPAddress? OfThisMachine() =>
        NetworkInterface.GetAllNetworkInterfaces().Where(one => one.OperationalStatus == OperationalStatus.Up)
            .SelectMany(one => one.GetIPProperties().UnicastAddresses).Select(one => one.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));

    private static string? Missing => OfThisMachine() is null ? "This machine has no address but its loopback." : null;

    private sealed class NeedsAnAddressAttribute : FactAttribute
    {
        public NeedsAnAddressAttribute() => Skip = Missing;
    }

    private sealed class NeedsAnAddressForEachAttribute : TheoryAttribute
    {
        public NeedsAnAddressForEachAttribute() => Skip = Missing;
    }
}

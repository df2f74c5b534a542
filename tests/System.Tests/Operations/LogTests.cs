using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Silo.Logging;
using LStep.Workbench.Processes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LStep.System.Tests.Operations;

public sealed class LogTests
{
    [Theory]
    [InlineData("info", "text")]
    [InlineData("debug", "json")]
    public async Task A_life_is_told_in_three_lines_without_secrets_and_customers(string level, string format)
    {
        await using var silo = await SiloProcess.Start(
            await PostgresFixture.FreshDatabase(), environment: new Dictionary<string, string>
            {
                ["LSTEP_LOG_LEVEL"] = level, ["LSTEP_LOG_FORMAT"] = format,
            });
        using var client = new HttpClient
        {
            BaseAddress = silo.Address, DefaultRequestHeaders = { Authorization = new("Bearer", SiloProcess.AdminToken) },
        };
        await client.GetAsync("/api/customers/secret.person@example.org");
        await client.GetAsync($"/v1/projects/{SiloProcess.WriteKey}/settings");
        await client.PostAsJsonAsync("/api/session", new { token = "a-guess-that-nobody-may-read" });
        Assert.Equal(0, await silo.Stop());

        var lines = silo.Output.Split('\n').Where(line => line.StartsWith(format == "json" ? '{' : '2')).ToList();
        Assert.Single(lines, line => line.Contains("starts: Microsoft Orleans 10.4.2,", StringComparison.Ordinal)
            && line.Contains("PostgreSQL database", StringComparison.Ordinal));
        Assert.Single(lines, line => line.Contains($"L-Step is ready at {silo.Address.ToString().TrimEnd('/')}", StringComparison.Ordinal));
        Assert.Single(lines, line => line.Contains("L-Step stops", StringComparison.Ordinal));
        Assert.Single(lines, line => line.Contains("A sign-in from 127.0.0.1 failed", StringComparison.Ordinal));
        foreach (var secret in new[] { "secret.person", "a-guess", SiloProcess.WriteKey, SiloProcess.AdminToken, "Password" })
            Assert.DoesNotContain(secret, silo.Output, StringComparison.OrdinalIgnoreCase);
        if (format == "text")
        {
            Assert.All(lines, line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (info|warn) +\S+: ", line));
            Assert.Equal(4, lines.Count);
        }
        else
        {
            Assert.All(silo.Output.Split('\n'), line => Assert.Equal(JsonValueKind.Object, JsonElement.Parse(line).ValueKind));
            Assert.Contains("GET /api/customers/{id} 404", silo.Output, StringComparison.Ordinal);
            Assert.Contains("GET /v1/projects/{writeKey}/settings", silo.Output, StringComparison.Ordinal);
            Assert.Contains(lines, line => line.Contains("{id} 404", StringComparison.Ordinal)
                && JsonElement.Parse(line).GetProperty("trace").GetString()?.Length == 32);
        }
    }

    [Theory]
    [InlineData("Request [S1 sys]->[S2 customer/ada@example.org] Record took long", "Request [S1 sys]->[S2 customer/…] Record took long")]
    [InlineData("customer/Ada Lovelace\nat Orleans", "customer/…\nat Orleans")]
    [InlineData("GET /api/customers/{id} 404", "GET /api/customers/{id} 404")]
    [InlineData("evaluation/12 is awake", "evaluation/12 is awake")]
    public void A_grain_of_a_customer_is_named_without_the_person(string line, string told) =>
        Assert.Equal(told, LineFormatter.WithoutCustomers(line));

    [Theory]
    [InlineData("LSTEP_LOG_LEVEL", "loud")]
    [InlineData("LSTEP_LOG_FORMAT", "xml")]
    public async Task A_level_or_format_that_there_is_not_is_refused(string variable, string value)
    {
        var ended = await Programs.RunIn(
            Repository.Root, new Dictionary<string, string> { [variable] = value }, "dotnet", SiloBuild.This, "run", "--port", "0");
        Assert.NotEqual(0, ended.ExitCode);
        Assert.Contains($"{variable} is '{value}'", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nobody_can_forge_a_line(bool json)
    {
        var forged = "a\n2026-01-01T00:00:00.000Z error LStep: forged\u001b[2J";
        var text = Written(json, forged, new InvalidOperationException(forged));
        Assert.DoesNotContain("\n2026-01-01", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void What_passes_has_its_message_and_what_nobody_expects_its_stack()
    {
        Assert.DoesNotContain("   at ", Written(false, "m", Thrown(new StorageUnavailableException("PostgreSQL is away"))));
        Assert.Contains("PostgreSQL is away", Written(false, "m", Thrown(new StorageUnavailableException("PostgreSQL is away"))));
        Assert.Contains("   at ", Written(false, "m", Thrown(new InvalidOperationException("a fault"))));
    }

    private static Exception Thrown(Exception trouble)
    {
        try
        {
            throw trouble;
        }
        catch (Exception caught)
        {
            return caught;
        }
    }

    private static string Written(bool json, string message, Exception trouble)
    {
        var text = new StringWriter();
        new LineFormatter(Options.Create(new LineFormatterOptions { Json = json })).Write(
            new LogEntry<string>(LogLevel.Warning, "LStep.Test", default, message, trouble, (state, _) => state), null, text);
        return text.ToString();
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Silo;
using LStep.Silo.Keys;
using LStep.Workbench.Processes;

namespace LStep.System.Tests.Operations;

public sealed class StartTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_first_start_makes_keys_that_only_their_owner_can_read_and_later_starts_keep_them()
    {
        var folder = Directory.CreateTempSubdirectory("lstep-keys-").FullName;
        try
        {
            var options = new SiloOptions { Port = 0, DataFolder = folder, Postgres = await PostgresFixture.FreshDatabase() };
            StartKeys first;
            await using (var silo = await LStepSilo.Start(options)) first = silo.Keys;

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "keys.json")));
            var written = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "keys.json")));
            Assert.Equal(first.WriteKey, written.GetProperty("writeKey").GetString());
            Assert.Equal(first.AdminToken, written.GetProperty("adminToken").GetString());
            await using var again = await LStepSilo.Start(options);
            Assert.Equal(first, again.Keys);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("/api/customers")]
    [InlineData("/api/transitions")]
    [InlineData("/api/clock")]
    [InlineData("/openapi/v1.json")]
    public async Task Nothing_is_open_without_a_key(string path)
    {
        await using var host = await LStepHost.Start(Noon);
        using var stranger = new HttpClient { BaseAddress = host.Address };

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(path)).StatusCode);
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", host.WriteKey);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Without_a_simulated_clock_there_is_no_clock_to_move()
    {
        await using var host = await LStepHost.Start();

        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.PostAsJsonAsync("/api/clock", new { now = Noon })).StatusCode);
    }

    [Fact]
    public async Task The_simulated_clock_moves_forward_only_and_a_later_process_begins_where_it_was_left()
    {
        string database;
        await using (var host = await LStepHost.Start(Noon))
        {
            database = host.ConnectionString;
            Assert.Equal(Noon, host.Now);
            await host.MoveClock(Noon.AddDays(3));
            Assert.Equal(Noon.AddDays(3), host.Now);
            Assert.Equal(
                HttpStatusCode.UnprocessableEntity, (await host.Client.PostAsJsonAsync("/api/clock", new { now = Noon })).StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.PostAsJsonAsync("/api/clock", new { })).StatusCode);
            foreach (var far in new[] { "2027-05-01T00:00:00Z", "8999-12-31T23:59:59Z", "9999-12-31T23:59:59.999Z" })
                using (var refused = await host.Client.PostAsJsonAsync("/api/clock", new { now = far }))
                    Assert.Equal((HttpStatusCode.UnprocessableEntity, "clock_too_far"), (refused.StatusCode, await refused.Code()));
            Assert.Equal(Noon.AddDays(3), host.Now);
        }

        await using var again = await LStepHost.Start(Noon, database);
        Assert.Equal(Noon.AddDays(3), again.Now);
    }

    [Fact]
    public async Task Silence_moves_a_customer_at_the_instant_it_became_due()
    {
        await using var host = await LStepHost.Start(Noon);
        await host.Post(new { type = "track", userId = "quiet", messageId = "m1", @event = "Logged In", timestamp = Noon });

        await host.MoveClock(Noon.AddDays(20));

        var customer = await host.Get("/api/customers/quiet");
        Assert.Equal("ST_004", customer.GetProperty("tag").GetString());
        Assert.Equal("2026-03-08T12:00:00.000Z", customer.GetProperty("tagSince").GetString());
    }

    [Fact]
    public async Task A_first_start_that_fails_fixes_nothing()
    {
        var database = await PostgresFixture.FreshDatabase();

        var refused = await Assert.ThrowsAsync<InvalidDataException>(
            () => LStepHost.Start(connectionString: database, zone: "Europe/Nowhere"));

        Assert.Contains("no time zone 'Europe/Nowhere'", refused.Message, StringComparison.Ordinal);
        await using var host = await LStepHost.Start(connectionString: database, zone: "Asia/Tokyo");
        await using var zone = host.Database.Source.CreateCommand("SELECT value FROM settings WHERE name = 'business_time_zone'");
        Assert.Equal("Asia/Tokyo", await zone.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_first_start_that_the_database_interrupts_fixes_nothing_either()
    {
        var database = await PostgresFixture.FreshDatabase();
        await using var own = new Npgsql.NpgsqlConnection(database);
        await own.OpenAsync();
        await using var refuse = new Npgsql.NpgsqlCommand("ALTER TABLE tokens ADD CONSTRAINT refuse CHECK (name <> 'first admin')", own);
        await refuse.ExecuteNonQueryAsync();

        await Assert.ThrowsAsync<RefusedByDatabaseException>(() => LStepHost.Start(connectionString: database, zone: "Asia/Tokyo"));

        await using var settings = new Npgsql.NpgsqlCommand("""
            SELECT (SELECT count(*) FROM settings WHERE name IN ('business_time_zone', 'installed_at'))
                + (SELECT count(*) FROM tokens) + (SELECT count(*) FROM rule_set_versions)
            """, own);
        Assert.Equal(0L, await settings.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_process_that_was_killed_comes_back_with_what_it_had_acknowledged()
    {
        var database = await PostgresFixture.FreshDatabase();
        await using var silo = await SiloProcess.Start(database, Noon);
        using var client = new HttpClient { BaseAddress = silo.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SiloProcess.AdminToken);
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/track")
        {
            Content = JsonContent.Create(
                new { writeKey = SiloProcess.WriteKey, userId = "kept", messageId = "m1", @event = "Logged In", timestamp = Noon }),
        };
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(message)).StatusCode);

        await silo.Kill();
        await silo.StartAgain();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/customers/kept")).StatusCode);
        Assert.Equal(0, await silo.Stop());
    }
}

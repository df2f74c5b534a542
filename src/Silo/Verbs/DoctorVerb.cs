using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LStep.Grains.Database.Postgres;
using LStep.Grains.People;
using LStep.Grains.Time;
using LStep.Silo.Keys;

namespace LStep.Silo.Verbs;

/// <summary>The smoke check after a deployment: asks what everybody may ask, and with keys what they open. Writes nothing.</summary>
public static class DoctorVerb
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    public static Command Build()
    {
        var address = new Argument<Uri?>("URL")
        {
            Description = "Where the server is, such as http://127.0.0.1:5080; the one that runs on the data without it",
            CustomParser = OptionTexts.Address,
            Arity = ArgumentArity.ZeroOrOne,
        };
        var verb = new Command(
            "doctor",
            "Smoke check of a running server; exit 1 when something is wrong. Keys come from LSTEP_WRITE_KEY and LSTEP_ADMIN_TOKEN, or "
                + "keys.json in --data.") { address };
        var only = new Option<string?>("--only")
        {
            Description = "One question, for a container's health check: live (the process answers) or ready (it may be sent traffic)",
        };
        only.AcceptOnlyFromAmong("live", "ready");
        verb.Add(only);
        var common = new CommonOptions();
        common.AddTo(verb, serving: false);
        verb.SetAction(async (parsed, cancel) =>
        {
            var asked = parsed.GetValue(only);
            var options = common.Read(parsed, serving: false);
            var found = parsed.GetValue(address);
            if (found is null) (options, found) = await Running(options, cancel);
            var stored = asked is null ? new KeyFile(options.DataFolder).Read() : null;
            using var http = new HttpClient { BaseAddress = found, Timeout = AnswerWithin };
            var wrong = 0;
            var adminToken = CommonOptions.Variable("LSTEP_ADMIN_TOKEN") ?? stored?.AdminToken;
            var checks = asked switch
            {
                "live" => [Live],
                "ready" => [Ready],
                _ => Checks(CommonOptions.Variable("LSTEP_WRITE_KEY") ?? stored?.WriteKey, adminToken),
            };
            foreach (var check in checks)
            {
                var trouble = await check.Run(http, cancel);
                Console.WriteLine(trouble is null ? $"ok     {check.What}" : $"WRONG  {check.What}: {trouble}");
                if (trouble is not null) wrong++;
            }
            if (wrong == 0 && asked is null && adminToken is not null) await TellNodes(http, adminToken, cancel);
            Console.WriteLine(wrong switch { 0 => "All is well.", 1 => "One thing is wrong.", _ => $"{wrong} things are wrong." });
            return wrong == 0 ? 0 : 1;
        });
        return verb;
    }

    private static async Task<(SiloOptions Options, Uri Address)> Running(SiloOptions options, CancellationToken cancel)
    {
        var standing = StandingData.Find(options);
        if (standing.Postgres is null && !PrivatePostgres.IsRunningIn(standing.DataFolder)) throw StandingData.NoServer(options);
        await using var opened = await OpenDatabase.At(standing, cancel);
        var address = await StandingData.Server(standing, opened.Database, cancel);
        Console.WriteLine($"The server on {standing.DataFolder} is at {address}");
        return (standing, address);
    }

    private static Check Live => new("the process answers", HttpMethod.Get, "/health/live", HttpStatusCode.OK);

    private static Check Ready => new("it is ready: database, tables, live feed", HttpMethod.Get, "/health/ready", HttpStatusCode.OK);

    /// <summary>Which processes serve, as they say themselves. One that is lost is no fault of the server asked.</summary>
    private static async Task TellNodes(HttpClient http, string adminToken, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/nodes")
        {
            Headers = { Authorization = new("Bearer", adminToken) },
        };
        using var answer = await http.SendAsync(request, cancel);
        var nodes = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
        foreach (var node in nodes.GetProperty("items").EnumerateArray())
            Console.WriteLine(
                $"node   {node.GetProperty("id")}  {node.GetProperty("phase")}, {node.GetProperty("version")}, at "
                    + $"{node.GetProperty("address")} since {node.GetProperty("startedAt")}");
    }

    private static IEnumerable<Check> Checks(string? writeKey, string? adminToken)
    {
        yield return Live;
        yield return Ready;
        yield return new Check("the dashboard is served", HttpMethod.Get, "/", HttpStatusCode.OK);
        yield return new Check("the API is closed without a key", HttpMethod.Get, "/api/customers?limit=1", HttpStatusCode.Unauthorized);
        yield return new Check("the ingest is closed without a key", HttpMethod.Post, "/v1/batch", HttpStatusCode.Unauthorized);
        if (writeKey is not null)
        {
            var basic = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(writeKey + ":")));
            yield return new Check("the write key opens the ingest", HttpMethod.Post, "/v1/batch", HttpStatusCode.OK, basic);
        }
        if (adminToken is null) yield break;
        var admin = new AuthenticationHeaderValue("Bearer", adminToken);
        yield return new Check("the token opens the API", HttpMethod.Get, "/api/customers?limit=1", HttpStatusCode.OK, admin);
        yield return new Check("the ledger can be read", HttpMethod.Get, "/api/transitions?limit=1", HttpStatusCode.OK, admin);
        yield return new Check("the nodes are known", HttpMethod.Get, "/api/nodes", HttpStatusCode.OK, admin);
        yield return new Check("rules are published", HttpMethod.Get, "/api/rules", HttpStatusCode.OK, admin);
        yield return new Check("the distribution adds up", HttpMethod.Get, "/api/analytics/distribution", HttpStatusCode.OK, admin);
    }

    private sealed record Check(string What, HttpMethod Method, string Path, HttpStatusCode Expected, AuthenticationHeaderValue? Key = null)
    {
        /// <summary>Null when it is as it should be.</summary>
        public async Task<string?> Run(HttpClient http, CancellationToken cancel)
        {
            using var request = new HttpRequestMessage(Method, Path);
            request.Headers.Authorization = Key;
            // An empty batch is taken and records nothing.
            if (Method == HttpMethod.Post) request.Content = new StringContent("{\"batch\":[]}", Encoding.UTF8, "application/json");
            try
            {
                using var answer = await http.SendAsync(request, cancel);
                return answer.StatusCode == Expected ? null
                    : $"{Method} {Path} answered {(int)answer.StatusCode} instead of {(int)Expected}";
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
            {
                return e.Message;
            }
        }
    }
}

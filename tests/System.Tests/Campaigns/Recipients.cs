using System.Net;
using System.Text.Json;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Links;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Campaigns;

/// <summary>Customers whom messages were sent to, and what is stored of both.</summary>
internal sealed class Recipients(LStepHost host)
{
    private static readonly HttpClientHandler NoRedirects = new() { AllowAutoRedirect = false, UseCookies = false };
    private int number;

    public HttpClient Browser { get; } = new(NoRedirects, disposeHandler: false) { BaseAddress = host.Address };

    public MessageLinks Links => host.Services.GetRequiredService<MessageLinks>();

    /// <summary>A customer, and a message that was sent to it an hour ago.</summary>
    public async Task<SentMessage> Sent(
        string customer, Channel channel = Channel.Email, object? traits = null, TimeSpan? ago = null)
    {
        await host.Post(Messages.Identify(customer, host.Now, traits ?? new { }, $"{customer}-identify-{++number}"));
        return await host.Sent(customer, channel, host.Now - (ago ?? TimeSpan.FromHours(1)));
    }

    public string Unsubscribe(SentMessage sent) => Links.Unsubscribe(sent.Customer, sent.Id, sent.Channel).PathAndQuery;

    /// <summary>Paths of the pixel and of a link in a mail as it was tracked.</summary>
    public (string Open, string Click) Tracked(SentMessage sent, string target = "https://school.example/lessons/7?a=1&b=2")
    {
        var html = Links.Tracked($"<body><a href=\"{WebUtility.HtmlEncode(target)}\">A</a></body>", sent.Customer, sent.Id);
        return (Path("src=\""), Path("href=\""));

        string Path(string before) => new Uri(html.Split(before)[1].Split('"')[0]).PathAndQuery;
    }

    public async Task<HttpResponseMessage> Get(string path, string? agent = null, HttpMethod? method = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (agent is not null) request.Headers.TryAddWithoutValidation("User-Agent", agent);
        return await Browser.SendAsync(request);
    }

    /// <summary>A form as a browser or a mail program posts it.</summary>
    public Task<HttpResponseMessage> PostForm(string path, params (string Name, string Value)[] fields) => Browser.PostAsync(
        path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>Email, push and in-app, as the columns have them: "email push in_app" of those that are on.</summary>
    public async Task<string> Consents(string customer)
    {
        await using var command = host.Database.Source.CreateCommand(
            "SELECT concat_ws(' ', CASE WHEN consent_email THEN 'email' END, CASE WHEN consent_push THEN 'push' END, "
            + "CASE WHEN consent_in_app THEN 'in_app' END) FROM customers WHERE customer_id = $1");
        command.Parameters.Add(new() { Value = customer });
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>"Type event subject machine" of a customer's log but for the identifies that a test sent, sorted.</summary>
    public async Task<List<string>> Log(string customer)
    {
        await using var command = host.Database.Source.CreateCommand(
            "SELECT type, event, subject, properties::text FROM activities WHERE customer_id = $1 AND message_id NOT LIKE '%-identify-%'");
        command.Parameters.Add(new() { Value = customer });
        await using var row = await command.ExecuteReaderAsync();
        var log = new List<string>();
        while (await row.ReadAsync())
        {
            var properties = JsonElement.Parse(row.GetString(3));
            var machine = properties.TryGetProperty("machine", out var flag) && flag.GetBoolean() ? " machine" : "";
            log.Add($"{(ActivityType)row.GetInt16(0)} {row.GetString(1)} {(row.IsDBNull(2) ? "-" : row.GetString(2))}{machine}");
        }
        return [.. log.Order(StringComparer.Ordinal)];
    }

    /// <summary>"event times" of people and "event times machine", sorted.</summary>
    public async Task<List<string>> Counts(SentMessage sent)
    {
        await using var command = host.Database.Source.CreateCommand(
            "SELECT event, times, machine FROM message_events WHERE action_id = $1 AND customer_id = $2");
        command.Parameters.Add(new() { Value = sent.Id });
        command.Parameters.Add(new() { Value = sent.Customer });
        await using var row = await command.ExecuteReaderAsync();
        var counts = new List<string>();
        while (await row.ReadAsync())
            counts.Add($"{((MessageEvent)row.GetInt16(0)).Name()} {row.GetInt32(1)}{(row.GetBoolean(2) ? " machine" : "")}");
        return [.. counts.Order(StringComparer.Ordinal)];
    }
}

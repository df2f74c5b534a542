using LStep.Domain.Analysing;
using LStep.Domain.Campaigning;
using LStep.Grains.Analytics;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Sending;
using LStep.Grains.Campaigns.Templates;
using LStep.Grains.Database;
using LStep.Grains.Rules;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Campaigns.Digests;

/// <summary>
/// Sends the mail of the morning. A row of its own for each recipient and business day is taken before the mail is given away and settled
/// after it: of all silos one sends it, and where that one dies in between nobody sends it again.
/// </summary>
public sealed class DigestSending(
    PostgresDatabase database, TodayReads today, TagReads tags, AutomationReads automation, ChannelSet channels, DigestSettings settings,
    MessageSettings messages, TemplateFiles templates, InstallationCurrency currency, RulebookSource rulebook, TimeProvider clock, Ids ids,
    ILogger<DigestSending> log)
{
    private const string Name = "daily_digest";
    private const int LeaseSeconds = 180, DaysKept = 90, TriesMax = 20;
    private static readonly TimeSpan RetryFirst = TimeSpan.FromMinutes(1), RetryMax = TimeSpan.FromMinutes(30);

    /// <summary>Sends what is due now; what cannot go now is tried again until the day is over.</summary>
    public async Task Send(CancellationToken cancel)
    {
        if (settings.Recipients.IsEmpty || channels.Of(Channel.Email) is not { } mail) return;
        var (calendar, now) = (rulebook.Current.Calendar, clock.Now());
        if (TimeZoneInfo.ConvertTime(now, calendar.Zone).Hour < settings.Hour) return;
        var day = calendar.DayOf(now);
        await database.InBackground(c => c.Execute("digests_abandoned", cancel), cancel);
        var due = await database.InBackground(
            c => c.Rows("digests_due", row => row.GetString(0), cancel, Day(day), Db.Texts(settings.Recipients)), cancel);
        if (due.Count == 0) return;
        await database.InBackground(c => c.Execute("digests_purge", cancel, Day(day.AddDays(-DaysKept))), cancel);
        // Made before a row is taken: what cannot be read now is made in the next round.
        var content = await Content(day, cancel);
        foreach (var recipient in due) await Send(mail, day, recipient, content, now, cancel);
    }

    /// <summary>As it would be sent now.</summary>
    public async Task<MessageContent> Content(DateOnly day, CancellationToken cancel)
    {
        var range = new DayRange(day, day);
        var figures = new DigestFigures(
            await today.Of(day, owner: null, who: "", cancel), await tags.Flow(range, cancel), await automation.Of(range, cancel));
        var names = TemplateWords.Read(templates, settings.Language);
        return new DigestMail(
            DigestWords.Of(settings.Language), tag => names.Of(tag.Code()), currency.Code, rulebook.Current.Calendar, messages.PublicUrl)
            .Of(figures);
    }

    private async Task Send(
        ChannelCircuit mail, DateOnly day, string recipient, MessageContent content, DateTimeOffset now, CancellationToken cancel)
    {
        var claims = await database.InBackground(
            c => c.Rows(
                "digest_claim", row =>
                    (Key: row.GetGuid(0), Tries: row.GetInt32(1)), cancel, Day(day), recipient, ids.Next(), LeaseSeconds),
            cancel);
        if (claims is not [var claim]) return;
        var outcome = await mail.Send(
            new OutgoingMessage
            {
                ActionId = 0, Key = claim.Key, Channel = Channel.Email, CustomerId = "", Campaign = Name, Step = 1, Marketing = false,
                At = now, Recipient = new Recipient(Email: recipient), Content = content,
            },
            CancellationToken.None);
        var (status, reason) = outcome switch
        {
            SendOutcome.Sent => ("sent", null),
            SendOutcome.Failed failed => ("failed", failed.Reason),
            SendOutcome.Unknown unknown => ("uncertain", unknown.Reason),
            SendOutcome.NotNow later => (Again(claim.Tries), later.Reason),
            null => (Again(claim.Tries), mail.Reason),
            _ => throw new InvalidOperationException("a closed set has grown"),
        };
        var wait = RetryFirst * claim.Tries;
        await database.InBackground(
            c => c.Execute(
                "digest_settle", CancellationToken.None, Day(day), recipient, claim.Key, status, Db.Text(reason),
                (int)(wait < RetryMax ? wait : RetryMax).TotalSeconds),
            CancellationToken.None);
        // Addresses of people stay out of the log: the table digests has them.
        if (status == "sent") log.LogInformation("A digest of {Day} was sent", day);
        else log.LogWarning("A digest of {Day} is {Status}: {Reason}", day, status, reason);
    }

    private static string Again(int tries) => tries < TriesMax ? "waiting" : "failed";

    private static NpgsqlParameter Day(DateOnly day) => new() { NpgsqlDbType = NpgsqlDbType.Date, Value = day };
}

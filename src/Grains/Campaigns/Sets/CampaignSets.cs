using System.Collections.Immutable;
using LStep.Domain.Campaigning;
using LStep.Domain.Deciding;
using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Campaigns.Sets;

/// <summary>A published set, and why it was published.</summary>
public sealed record CampaignSetRecord(CampaignSet Set, string Comment);

/// <param name="Count">How many campaigns it has.</param>
public sealed record CampaignSetHead(int Version, string Author, DateTimeOffset PublishedAt, string Comment, int Count);

/// <summary>A stored set of campaigns that this version of the product cannot read.</summary>
public sealed class UnreadableCampaignsException(string message) : Exception(message);

/// <summary>Published sets of campaigns. A version never changes once it is there.</summary>
public sealed class CampaignSets(PostgresDatabase database)
{
    /// <summary>The newest one, where it is newer than a version; else null.</summary>
    /// <exception cref="UnreadableCampaignsException">What is stored is no set of campaigns.</exception>
    public async Task<CampaignSetRecord?> NewerThan(int version, CancellationToken cancel) =>
        (await database.Use(c => c.Rows("campaign_set_newer", Read, cancel, version), cancel)).FirstOrDefault();

    /// <summary>The one in force.</summary>
    /// <exception cref="UnreadableCampaignsException">What is stored is no set of campaigns.</exception>
    public async Task<CampaignSetRecord> Newest(CancellationToken cancel) =>
        (await database.People.Use(c => c.Rows("campaign_set_newer", Read, cancel, 0), cancel)).FirstOrDefault()
            ?? throw new InvalidOperationException("No set of campaigns is published: the silo seeds version 1 before it serves.");

    /// <summary>Null when it was never published.</summary>
    /// <exception cref="UnreadableCampaignsException">What is stored is no set of campaigns.</exception>
    public async Task<CampaignSetRecord?> OfVersion(int version, CancellationToken cancel) =>
        (await database.People.Use(c => c.Rows("campaign_set_of_version", Read, cancel, version), cancel)).FirstOrDefault();

    /// <summary>Newest first, below a version where one is given.</summary>
    public Task<List<CampaignSetHead>> Page(int? below, int rowsMax, CancellationToken cancel) => database.People.Use(
        c => c.Rows(
            "campaign_set_versions_page",
            row => new CampaignSetHead(row.GetInt32(0), row.GetString(1), row.Instant(2), row.GetString(3), row.GetInt32(4)), cancel,
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Integer, Value = (object?)below ?? DBNull.Value }, rowsMax), cancel);

    /// <summary>A version that is there already is left alone.</summary>
    public Task Publish(CampaignSet set, string comment, CancellationToken cancel) => database.Use(
        c => c.Execute(
            "campaign_set_publish", cancel, set.Version, set.Author, comment, set.PublishedAt, CampaignJson.Print(set.Campaigns)), cancel);

    private static CampaignSetRecord Read(NpgsqlDataReader row) => new(
        new CampaignSet(
            row.GetInt32(0), row.GetString(1), row.Instant(2), CampaignJson.Parse(row.GetString(3)) switch
            {
                Parsed<ImmutableArray<Campaign>>.Ok ok => ok.Value,
                Parsed<ImmutableArray<Campaign>>.Failed failed => throw new UnreadableCampaignsException(
                    $"Version {row.GetInt32(0)} of the campaigns cannot be read: {failed.Errors[0].Path}: {failed.Errors[0].Message}"),
                _ => throw new InvalidOperationException("a closed set has grown"),
            }),
        row.GetString(4));
}

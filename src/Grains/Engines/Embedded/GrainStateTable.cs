using System.Globalization;
using Orleans.InProcess;
using Orleans.Runtime;
using Orleans.Storage;

namespace LStep.Grains.Storage;

/// <summary>Persistent states of the embedded engine, fenced by their version.</summary>
public sealed class GrainStateTable(Database database) : IGrainStateStore
{
    public Task<StoredState?> Read(GrainId grain, string name) => database.Use(async c =>
        (await c.Rows("grain_state_read", row => new StoredState(row.GetString(0), Etag(row.GetInt64(1))), default,
            grain.Type.ToString(), grain.Key.ToString(), name)).FirstOrDefault());

    public Task<string> Write(GrainId grain, string name, string json, string? etag) => database.Use(async c =>
    {
        var written = await c.Value<long>("grain_state_write", default, grain.Type.ToString(), grain.Key.ToString(), name, Version(etag), json);
        return written > 0 ? Etag(written) : throw Conflict(grain, name, etag);
    });

    public Task Clear(GrainId grain, string name, string? etag) => database.Use(async c =>
    {
        var removed = await c.Execute("grain_state_clear", default, grain.Type.ToString(), grain.Key.ToString(), name, Version(etag));
        if (removed == 0 && etag is not null) throw Conflict(grain, name, etag);
    });

    private static string Etag(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static long Version(string? etag) => etag is null ? 0 : long.Parse(etag, CultureInfo.InvariantCulture);

    private static InconsistentStateException Conflict(GrainId grain, string name, string? etag) =>
        new($"State '{name}' of {grain} was written by someone else.", "unknown", etag);
}

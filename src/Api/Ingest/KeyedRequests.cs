using LStep.Api.Auth;
using LStep.Grains.People;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Ingest;

/// <summary>Reads and admits requests that showed a good write key, within what one key may have of each room and its rate.</summary>
public sealed class KeyedRequests(KeyRooms rooms, RateLimit rate, IngestOptions options)
{
    /// <exception cref="MalformedBodyException">The body as a whole cannot be taken.</exception>
    public Task<T> Read<T>(HttpContext http, Func<Key, ReadOnlyMemory<byte>, Task<T>> then)
    {
        var key = http.Caller().Key;
        return Read(http, key, body => then(key, body.Bytes));
    }

    /// <exception cref="MalformedBodyException">The body as a whole cannot be taken.</exception>
    internal async Task<T> Read<T>(HttpContext http, Key key, Func<RequestBody, Task<T>> then)
    {
        var room = rooms.Of(key);
        room.Requests.Take(1);
        try
        {
            using var body = await RequestBody.Read(http.Request, room.Bytes, TimeSpan.FromSeconds(options.BodySecondsMax));
            return await then(body);
        }
        finally
        {
            room.Requests.Give(1);
        }
    }

    /// <param name="limited">The answer where the key has sent too many; it is given the seconds to wait.</param>
    public async Task<T> Admit<T>(Key key, int count, Func<int, T> limited, Func<Task<T>> then)
    {
        var room = rooms.Of(key);
        // Before the rate: who finds no room has not used up anything of it.
        room.Events.Take(count);
        try
        {
            return rate.Take(key.Id, count) is { } seconds ? limited(seconds) : await then();
        }
        finally
        {
            room.Events.Give(count);
        }
    }
}

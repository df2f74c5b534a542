namespace LStep.Architecture.Tests;

/// <summary>
/// The folders directly under a floor, and for each the rooms that its types see, with an example. What lies deeper belongs to its room.
/// </summary>
public sealed class Rooms : Dictionary<string, Dictionary<string, string>>
{
    public new Dictionary<string, string> this[string room] => TryGetValue(room, out var seen) ? seen : base[room] = [];

    /// <param name="floor">A namespace such as LStep.Grains; types directly in it are in no room.</param>
    public static Rooms Of(string floor)
    {
        var rooms = new Rooms();
        foreach (var type in Product.Whole.Types)
            if (RoomOf(floor, type.Namespace?.FullName) is { } room && rooms[room] is var sees)
                foreach (var seen in type.Dependencies.Select(dependency => dependency.Target))
                    if (RoomOf(floor, seen.Namespace?.FullName) is { } other && other != room)
                        sees.TryAdd(other, $"{type.FullName} sees {seen.FullName}");
        return rooms;
    }

    /// <summary>Each circle once, as the steps that close it.</summary>
    public IReadOnlyList<string> Circles()
    {
        var (circles, done) = (new List<string>(), new HashSet<string>());
        foreach (var room in Keys.Order(StringComparer.Ordinal).ToList()) Follow(room, [], done, circles);
        return circles;
    }

    private void Follow(string room, List<string> path, HashSet<string> done, List<string> circles)
    {
        if (path.IndexOf(room) is >= 0 and var start)
        {
            var circle = path[start..];
            circles.Add(string.Join(", ", circle.Select((from, step) => this[from][circle[(step + 1) % circle.Count]])));
            return;
        }
        if (done.Contains(room) || !ContainsKey(room)) return;
        foreach (var next in this[room].Keys.Order(StringComparer.Ordinal)) Follow(next, [.. path, room], done, circles);
        done.Add(room);
    }

    private static string? RoomOf(string floor, string? name) =>
        name is not null && name.StartsWith(floor + ".", StringComparison.Ordinal) ? name[(floor.Length + 1)..].Split('.')[0] : null;
}

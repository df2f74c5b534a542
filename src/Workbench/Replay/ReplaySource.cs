namespace LStep.Workbench.Replay;

/// <summary>The messages of one UTC day, in their order.</summary>
public sealed record ReplayDay(DateOnly Date, IReadOnlyList<SegmentMessage> Messages);

/// <summary>What there is to play: its span, for the progress bar, and its days.</summary>
public sealed record ReplaySource(string Description, DateOnly First, DateOnly Last, Func<IEnumerable<ReplayDay>> Days)
{
    /// <summary>Lines that cannot be played, each with its place and the reason.</summary>
    public IReadOnlyList<string> LeftOut { get; private init; } = [];

    /// <summary>
    /// Finds out what lies at the paths: event files of the OULAD sample (or a folder that holds events/), the original
    /// OULAD tables (one folder, or several in it), or files of Segment messages.
    /// </summary>
    public static ReplaySource Open(IReadOnlyList<string> paths)
    {
        var (presentations, messages) = Sorted(paths);
        if (presentations.Count > 0 && messages.Count > 0)
            throw new InvalidDataException($"{messages[0]} holds no OULAD events while other sources do; play them one after the other");
        return presentations.Count > 0 ? OfPresentations(presentations) : OfMessages(messages);
    }

    /// <summary>The presentations of the OULAD sample or tables at the paths; whatever else lies there is left out.</summary>
    public static IReadOnlyList<OuladPresentation> Presentations(IReadOnlyList<string> paths) => Sorted(paths).Presentations;

    private static (List<OuladPresentation> Presentations, List<string> Messages) Sorted(IReadOnlyList<string> paths)
    {
        var presentations = new List<OuladPresentation>();
        var messages = new List<string>();
        foreach (var path in paths.SelectMany(Resolve))
            if (Directory.Exists(path)) presentations.AddRange(new OuladTables(path).Presentations());
            else if (IsOuladEvents(path)) presentations.AddRange(OuladEventFile.Presentations(path));
            else messages.Add(path);
        return (presentations, messages);
    }

    private static IEnumerable<string> Resolve(string path)
    {
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path))
            throw new FileNotFoundException($"There is nothing at {path}: give a file of events, or a folder of them.");
        if (Directory.Exists(Path.Combine(path, "events"))) return Resolve(Path.Combine(path, "events"));
        if (OuladTables.AreIn(path)) return [path];
        var files = Directory.EnumerateFiles(path)
            .Where(file => file.EndsWith(".ndjson", StringComparison.Ordinal) || file.EndsWith(".ndjson.gz", StringComparison.Ordinal)
                || file.EndsWith(".jsonl", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        if (files.Length > 0) return files;
        var folders = Directory.EnumerateDirectories(path).Where(OuladTables.AreIn).Order(StringComparer.Ordinal).ToArray();
        return folders.Length > 0 ? folders
            : throw new FileNotFoundException(
                $"{path} holds neither event files (.ndjson, .ndjson.gz) nor the OULAD tables (.csv, .csv.gz)");
    }

    private static bool IsOuladEvents(string path) =>
        TextLines.Of(path).FirstOrDefault().Line is { } first
        && first.Contains("\"eventId\"", StringComparison.Ordinal) && first.Contains("\"learnerId\"", StringComparison.Ordinal);

    private static ReplaySource OfPresentations(List<OuladPresentation> presentations) =>
        new ReplaySource(
            $"OULAD {string.Join(", ", presentations.Select(each => each.Course))}",
            presentations.Min(each => each.DayZero.AddDays(each.FirstDay)), presentations.Max(each => each.DayZero.AddDays(each.LastDay)),
            () => MergedByDate(presentations));

    /// <summary>Every presentation counts its own days; one clock plays them all.</summary>
    private static IEnumerable<ReplayDay> MergedByDate(List<OuladPresentation> presentations)
    {
        var open = presentations.Select(each => DaysOf(each).GetEnumerator()).Where(each => each.MoveNext()).ToList();
        try
        {
            while (open.Count > 0)
            {
                var date = open.Min(each => each.Current.Date);
                var messages = new List<SegmentMessage>();
                foreach (var days in open.Where(each => each.Current.Date == date).ToArray())
                {
                    messages.AddRange(days.Current.Messages);
                    if (days.MoveNext()) continue;
                    open.Remove(days);
                    days.Dispose();
                }
                yield return new ReplayDay(date, messages);
            }
        }
        finally
        {
            foreach (var days in open) days.Dispose();
        }
    }

    private static IEnumerable<ReplayDay> DaysOf(OuladPresentation presentation)
    {
        var mapping = new OuladMapping(presentation);
        DateOnly? date = null;
        var messages = new List<SegmentMessage>();
        foreach (var e in presentation.Events())
        {
            if (DayOf(e) != date)
            {
                if (date < DayOf(e)) yield return new ReplayDay(date.Value, messages);
                else if (date is not null)
                    throw new InvalidDataException($"{e.EventId} goes back in time; the events of a presentation ascend by day");
                (date, messages) = (DayOf(e), []);
            }
            messages.AddRange(mapping.Map(e));
        }
        if (date is not null) yield return new ReplayDay(date.Value, messages);
    }

    private static ReplaySource OfMessages(List<string> paths)
    {
        var leftOut = new List<string>();
        var byDay = paths.SelectMany(path => SegmentLines.Of(path, leftOut.Add))
            .GroupBy(message => DateOnly.FromDateTime(message.At.UtcDateTime))
            .OrderBy(day => day.Key).Select(day => new ReplayDay(day.Key, day.ToList())).ToList();
        if (byDay.Count == 0)
            throw new InvalidDataException($"There is no message to play{(leftOut.Count == 0 ? "" : $": {leftOut[0]}")}");
        return new ReplaySource($"{byDay.Sum(day => day.Messages.Count)} messages", byDay[0].Date, byDay[^1].Date, () => byDay)
        {
            LeftOut = leftOut,
        };
    }

    private static DateOnly DayOf(OuladEvent e) => DateOnly.FromDateTime(e.OccurredAt.UtcDateTime);
}

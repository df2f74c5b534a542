using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Api.Http;

/// <summary>Reads query parameters and gathers everything that is wrong with them, so that one answer names all of it.</summary>
public sealed class QueryReader(HttpContext http)
{
    public const int LimitDefault = 50;
    public const int LimitMax = 500;
    public const int TextCharsMax = 200;

    private readonly List<InputError> errors = [];
    private readonly Cursors cursors = http.RequestServices.GetRequiredService<Cursors>();

    /// <summary>Null when all was well.</summary>
    public BadRequestProblem? Refusal => errors.Count == 0 ? null : new BadRequestProblem([.. errors]);

    /// <summary>As <see cref="Refusal"/>, for endpoints whose parameters are part of the question rather than of a list.</summary>
    public UnprocessableProblem? Unprocessable => errors.Count == 0 ? null : new UnprocessableProblem([.. errors]);

    public int Limit(int most = LimitMax) =>
        Raw("limit") is not { } text ? LimitDefault
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0 && limit <= most ? limit
        : Fail("limit", "bad_limit", $"limit is a whole number from 1 to {most}.", LimitDefault);

    public string? Text(string name, int charsMax = TextCharsMax) =>
        Raw(name) is not { } text ? null
        : text.Length > charsMax && text.EnumerateRunes().Count() > charsMax
            ? Fail<string>(name, "too_long", $"{name} has more than {charsMax} characters.")
        : text.Contains('\0') ? Fail<string>(name, "bad_text", $"{name} has a character that no text has.")
        : text;

    public string? OneOf(string name, IReadOnlyCollection<string> allowed) =>
        Raw(name) is not { } text ? null
        : allowed.FirstOrDefault(one => one.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? Fail<string>(name, $"bad_{name}", $"{name} is one of {string.Join(", ", allowed)}.");

    public StatusTag? Tag(string name) =>
        Raw(name) is not { } text ? null
        : StatusTags.TryParse(text, out var tag) ? tag
        : Fail<StatusTag?>(name, "bad_tag", $"{name} is one of ST_001 to ST_006.");

    public long? Number(string name) =>
        Raw(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : Fail<long?>(name, "bad_number", $"{name} is a whole number, 0 or more.");

    private decimal? Decimal(string name) =>
        Raw(name) is not { } text ? null
        : decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
        : Fail<decimal?>(name, "bad_number", $"{name} is a number such as 99.5.");

    /// <summary>Both ends included, each may be missing.</summary>
    public (DateOnly? From, DateOnly? To) OpenDays(string from, string to)
    {
        var (first, last) = (Day(from), Day(to));
        if (first > last) Fail<object>(from, "bad_range", $"{from} is not after {to}.");
        return (first, last);
    }

    /// <summary>Both ends included, each may be missing.</summary>
    public (decimal? Min, decimal? Max) Decimals(string min, string max)
    {
        var (least, most) = (Decimal(min), Decimal(max));
        if (least > most) Fail<object>(min, "bad_range", $"{min} is not above {max}.");
        return (least, most);
    }

    /// <param name="fromDefault">From the last day the first one, where daysDefault is not what is meant.</param>
    public (DateOnly From, DateOnly To) Days(
        DateOnly today, int daysDefault, int daysMax, Func<DateOnly, DateOnly>? fromDefault = null)
    {
        var to = Day("to") ?? today;
        var from = Day("from") ?? fromDefault?.Invoke(to) ?? DateOnly.FromDayNumber(Math.Max(0, to.DayNumber - daysDefault + 1));
        if (from > to) Fail<object>("from", "bad_range", "from is not after to.");
        else if (to.DayNumber - from.DayNumber >= daysMax)
            Fail<object>("from", "range_too_long", $"The range has more than {daysMax} days.");
        return (from, to);
    }

    /// <summary>A day, or an instant within one.</summary>
    /// <param name="afterDay">A day means its end.</param>
    public DateTimeOffset? Instant(string name, bool afterDay = false) =>
        Raw(name) is not { } text ? null
        : Instants.TryParseDay(text, out var day) && (!afterDay || day < DateOnly.MaxValue)
            ? new DateTimeOffset((afterDay ? day.AddDays(1) : day).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
        : Instants.TryParse(text, out var at) ? at
        : Fail<DateTimeOffset?>(name, "bad_date", $"{name} is a day such as 2026-01-31, or an instant.");

    /// <summary>The parts of a cursor; null without one.</summary>
    public string[]? Cursor(string list, int parts) =>
        Raw("cursor") is not { } text ? null
        : cursors.TryRead(list, text, parts, out var place) ? place
        : Fail<string[]>("cursor", "bad_cursor", "The cursor is none that this list gave.");

    /// <summary>What the page of a list tells its reader to go on with.</summary>
    public string CursorOf(string list, params string[] place) => cursors.Of(list, place);

    private DateOnly? Day(string name) =>
        Raw(name) is not { } text ? null
        : Instants.TryParseDay(text, out var day) ? day
        : Instants.TryParse(text, out var at) ? DateOnly.FromDateTime(at.UtcDateTime)
        : Fail<DateOnly?>(name, "bad_date", $"{name} is a date such as 2026-01-31.");

    /// <summary>An empty value is as good as none.</summary>
    private string? Raw(string name)
    {
        var values = http.Request.Query[name];
        if (values.Count > 1) return Fail<string>(name, "repeated", $"{name} is given more than once.");
        return string.IsNullOrEmpty(values.ToString()) ? null : values.ToString();
    }

    private T? Fail<T>(string path, string code, string message, T? instead = default)
    {
        errors.Add(new InputError(path, code, message));
        return instead;
    }
}

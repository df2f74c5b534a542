using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace LStep.Api.Http;

/// <summary>JSON that is already text: written as it is.</summary>
public readonly record struct RawJson(string Text)
{
}

/// <summary>How everything of the API is written and read: camelCase, tags by code, instants in UTC with milliseconds.</summary>
public static class Json
{
    public static JsonSerializerOptions Options { get; } = Sealed();

    /// <summary>Gives other options (the HTTP layer's, the hub's, a source-generated context's) the same behaviour.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 64;
        // Names and reasons in any script stay readable; what HTML could misread stays escaped.
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.Converters.Add(new TagConverter());
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new MetricValueConverter());
        options.Converters.Add(new RawJsonConverter());
    }

    public static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static JsonSerializerOptions Sealed()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

public static class SnakeCase
{
    /// <summary>The snake_case name of a member of a closed set.</summary>
    public static string Of<T>(T member) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString());
}

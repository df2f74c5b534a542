using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using LStep.Grains;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Npgsql;
using Span = System.Diagnostics.Activity;

namespace LStep.Silo.Logging;

public sealed class LineFormatterOptions : ConsoleFormatterOptions
{
    /// <summary>One JSON object a line: at, level, category, message, and exception and trace where there is one.</summary>
    public bool Json { get; set; }
}

/// <summary>
/// How a line of the log looks: the instant in UTC, the level, the category and the message, which stays on its line whatever is in it.
/// A stack trace follows only what nobody expects.
/// </summary>
public sealed partial class LineFormatter(IOptions<LineFormatterOptions> options) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "lstep";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var at = MachineClock.Instance.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var message = WithoutCustomers(logEntry.Formatter(logEntry.State, logEntry.Exception));
        var trouble = logEntry.Exception is { } exception ? Told(exception) : null;
        if (options.Value.Json) WriteJson(textWriter, at, NameOf(logEntry.LogLevel), logEntry.Category, message, trouble);
        else
        {
            textWriter.Write($"{at} {NameOf(logEntry.LogLevel),-5} {logEntry.Category}: {OneLine(message)}");
            // Indented, so that nothing in it passes for a line of its own.
            if (trouble is not null) textWriter.Write(": " + string.Join("\n    ", trouble.Split('\n').Select(OneLine)));
            textWriter.Write('\n');
        }
    }

    private static void WriteJson(TextWriter text, string at, string level, string category, string message, string? trouble)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("at", at);
            json.WriteString("level", level);
            json.WriteString("category", category);
            json.WriteString("message", message);
            if (trouble is not null) json.WriteString("exception", trouble);
            // As a problem names it, and the traces.
            if (Span.Current is { IdFormat: ActivityIdFormat.W3C } span) json.WriteString("trace", span.TraceId.ToString());
            json.WriteEndObject();
        }
        text.Write(Encoding.UTF8.GetString(bytes.WrittenSpan));
        text.Write('\n');
    }

    /// <summary>
    /// Trouble from outside, what the hub refuses, and what breaks because everything around it is being put away is known by its message;
    /// where it surfaced says nothing.
    /// </summary>
    public static string Told(Exception exception) => WithoutCustomers(
        TransientFailure.Is(exception)
            || exception is IOException or NpgsqlException or SocketException or AuthenticationException or HubException
                or ObjectDisposedException
            ? OneLine($"{exception.GetType().Name}: {exception.Message}")
            : exception.ToString());

    /// <summary>Orleans names a grain by its type and key, and a customer's key is the id of a person.</summary>
    public static string WithoutCustomers(string text) =>
        text.Contains("customer/", StringComparison.Ordinal) ? GrainOfCustomer().Replace(text, "customer/…") : text;

    [GeneratedRegex(@"\bcustomer/[^\]\n]*")]
    private static partial Regex GrainOfCustomer();

    private static string OneLine(string text) =>
        text.AsSpan().ContainsAnyInRange('\0', '\u001f') ? new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]) : text;

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        _ => "error",
    };
}

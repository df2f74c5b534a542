using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LStep.Domain.Measuring;
using LStep.Silo.Clock;
using Npgsql;

namespace LStep.Silo.Verbs;

/// <summary>
/// Reads the texts of options and variables; what cannot be meant becomes an error that names the option and shows a good one.
/// </summary>
public static class OptionTexts
{
    /// <summary>An address of a server, as an option or an argument.</summary>
    public static Uri? Address(ArgumentResult result) =>
        Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https") ? address
            : Fail<Uri>(result, $"'{result.Tokens[0].Value}' is no address; one looks like http://127.0.0.1:5080");

    /// <summary>An IPv6 address is written in brackets where a port follows it.</summary>
    public static string? ListenOn(ArgumentResult result, string text, string from) =>
        !IPAddress.TryParse(text, out var address) ? Fail<string>(result, $"{from} is '{text}', which is no IP address")
            : address.AddressFamily is AddressFamily.InterNetworkV6 ? $"[{address}]" : text;

    public static int PortIn(string text, string from, ArgumentResult result) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port
            : Fail<int>(result, $"{from} is '{text}', which is no port: give a number from 0 to {ushort.MaxValue}, 0 for any free one");

    /// <summary>A whole number within bounds, both included.</summary>
    public static int NumberIn(string text, string from, int min, int max, ArgumentResult result) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number
            : Fail<int>(result, $"{from} is '{text}'; give a number from {min} to {max}");

    /// <summary>Refuses what is no number from least to most, both included. An option without a value keeps its default.</summary>
    public static Option<T> Within<T>(this Option<T> option, decimal least, decimal most)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !IsWithin<T>(text, least, most))
                result.AddError($"{option.Name} is '{text}'; give a number from {Plain(least)} to {Plain(most)}");
        });
        return option;
    }

    /// <inheritdoc cref="Within{T}(Option{T}, decimal, decimal)"/>
    public static Argument<T> Within<T>(this Argument<T> argument, decimal least, decimal most)
    {
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !IsWithin<T>(text, least, most))
                result.AddError($"{argument.Name} is '{text}'; give a number from {Plain(least)} to {Plain(most)}");
        });
        return argument;
    }

    private static bool IsWithin<T>(string text, decimal least, decimal most)
    {
        var style = typeof(T) == typeof(double) ? NumberStyles.Float : NumberStyles.AllowLeadingSign;
        return decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;
    }

    private static string Plain(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    public static string? ZoneIn(string text, string from, ArgumentResult result) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(text, out _) ? text
        : Fail<string>(result, $"{from} is '{text}', which is no IANA time zone; one looks like Europe/Berlin");

    public static string? FolderIn(string text, string from, ArgumentResult result) =>
        string.IsNullOrWhiteSpace(text) ? Fail<string>(result, $"{from} is empty; give a folder")
        : File.Exists(text) ? Fail<string>(result, $"{from} is '{text}', which is a file; give a folder") : text;

    public static string? ConnectionIn(string text, string from, ArgumentResult result) =>
        WrongConnection(text, from) is { } trouble ? Fail<string>(result, trouble) : text;

    /// <summary>Why it is no connection string, or null. The text itself may hold a password and is not repeated.</summary>
    public static string? WrongConnection(string text, string from)
    {
        const string LooksLike = "one looks like 'Host=db.example;Database=lstep;Username=lstep;Password=...'";
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 } ? null : $"{from} names no host; {LooksLike}";
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            return $"{from} is no connection string of PostgreSQL; {LooksLike}";
        }
    }

    public static DateTimeOffset? ClockIn(string text, ArgumentResult result) =>
        !TryInstant(text, out var instant)
            ? Fail<DateTimeOffset?>(result, $"'{text}' is no instant; one looks like 2026-01-02T03:04:05Z")
        : instant < Dates.FirstGiven || instant > SimulatedClock.Last
            ? Fail<DateTimeOffset?>(
                result, $"--clock is {text}; give an instant from {Dates.FirstGiven:yyyy-MM-dd} to {SimulatedClock.Last:yyyy-MM-dd}")
        : instant;

    public static bool TryInstant(string text, out DateTimeOffset? instant)
    {
        var read = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var value);
        instant = read ? value : null;
        return read;
    }

    public static Uri? PublicUrlIn(ArgumentResult result, string text, string from) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" }
            ? url
            : Fail<Uri>(result, $"{from} is '{text}', which is no address such as https://lstep.example.org");

    /// <summary>An address without a length is a network of its own.</summary>
    public static ImmutableArray<IPNetwork> Networks(ArgumentResult result, string text, string from)
    {
        var networks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (var part in text.Split([',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (IPNetwork.TryParse(part, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(part, out var address)) networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else return Fail<ImmutableArray<IPNetwork>>(result, $"{from} has '{part}', which is no network such as 10.0.0.0/8");
        return networks.ToImmutable();
    }

    public static T? Fail<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}

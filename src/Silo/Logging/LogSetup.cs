using Microsoft.Extensions.Logging.Console;

namespace LStep.Silo.Logging;

/// <summary>What the log of a process says, and how.</summary>
public static class LogSetup
{
    /// <summary>As the settings write them.</summary>
    public static readonly IReadOnlyDictionary<string, LogLevel> Levels = new Dictionary<string, LogLevel>
    {
        ["debug"] = LogLevel.Debug, ["info"] = LogLevel.Information, ["warn"] = LogLevel.Warning, ["error"] = LogLevel.Error,
    };

    /// <summary>
    /// The level is that of the product's own lines. Of the libraries' only warnings are told, or errors where only errors are wanted.
    /// </summary>
    public static ILoggingBuilder AddLines(this ILoggingBuilder logging, LogLevel level, bool json)
    {
        var others = level < LogLevel.Warning ? LogLevel.Warning : level;
        logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName)
            .AddConsoleFormatter<LineFormatter, LineFormatterOptions>(options => options.Json = json)
            .SetMinimumLevel(others)
            .AddFilter("LStep", level)
            // The framework tells of every request without a good key under the handlers' names: a stranger could fill the log.
            .AddFilter("Microsoft.AspNetCore.Authentication", LogLevel.None)
            // So does the protocol's library of every message that it cannot read.
            .AddFilter("ModelContextProtocol", LogLevel.None)
            .AddFilter("LStep.Api.Auth.BearerHandler", others)
            .AddFilter("LStep.Api.Auth.SessionHandler", others)
            .AddFilter("LStep.Api.Auth.WriteKeyHandler", others);
        // What Orleans does of itself helps whoever looks for a fault in a cluster.
        if (level == LogLevel.Debug) logging.AddFilter("Orleans", LogLevel.Information);
        return logging;
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LStep.Testing;

/// <summary>What a silo in this process logs, as "category: message" with the exception's text behind it.</summary>
public sealed class Lines : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, string Text)> lines = new();

    public IEnumerable<string> All => lines.Select(line => $"{line.Category}: {line.Text}");

    /// <summary>Of categories that end so.</summary>
    public IEnumerable<string> Of(string category) =>
        lines.Where(line => line.Category.EndsWith(category, StringComparison.Ordinal)).Select(line => line.Text);

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, lines);

    public void Dispose() { }

    private sealed class Logger(string category, ConcurrentQueue<(string, string)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((category, exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}"));
    }
}

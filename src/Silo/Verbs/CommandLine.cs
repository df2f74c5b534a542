using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using LStep.Silo.Keys;

namespace LStep.Silo.Verbs;

/// <summary>Runs a verb until it has ended or a signal stops it, and turns what a sentence explains into that sentence.</summary>
public static partial class CommandLine
{
    private const int Refused = 1;
    private const int WrongUsage = 2;
    private const int Fault = 3;
    private const int Stopped = 130;

    /// <summary>
    /// The exit code: that of the verb, 1 for trouble from outside, 2 for wrong usage, 3 for a fault of the program, 130 when a signal
    /// stopped it.
    /// </summary>
    /// <param name="isOutside">Trouble that its message explains; anything else keeps its stack trace.</param>
    /// <param name="verbs">All of them, under the name of the script that people call.</param>
    public static async Task<int> Run(string description, Command[] verbs, string[] args, Func<Exception, bool> isOutside)
    {
        using var signals = new StopSignals();
        var root = new Command("lstep", description) { new HelpOption() };
        foreach (var verb in verbs) root.Add(verb);
        try
        {
            var parsed = Parse(root, args);
            if (parsed.Errors.Count > 0) return await SayUsage(parsed);
            // Ctrl-C and SIGTERM cancel the verb, by our own handler: the library's would swallow the second one.
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, signals.Token);
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            return Stopped;
        }
        catch (Exception e) when (e is WrongUsageException or UnusableKeysException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return WrongUsage;
        }
        catch (Exception e) when (isOutside(e))
        {
            await Console.Error.WriteLineAsync(Trouble.Sentence(e));
            return Refused;
        }
        catch (Exception e)
        {
            // An unhandled exception would abort the process and leave a core dump.
            await Console.Error.WriteLineAsync($"L-Step failed by a fault of its own; please report this:\n{e}");
            return Fault;
        }
    }

    /// <summary>The library's message as one sentence, without names of types.</summary>
    private static string Plain(string message) =>
        ClosedSet().Match(message) is { Success: true } match
            ? $"'{match.Groups["given"].Value}' is none of {string.Join(", ", match.Groups["value"].Captures.Select(value => value.Value))}"
            : TypeName().Replace(message, " as a value");

    [GeneratedRegex(@"^Argument '(?<given>.*)' not recognized\. Must be one of:(\s+'(?<value>[^']*)')+", RegexOptions.Singleline)]
    private static partial Regex ClosedSet();

    [GeneratedRegex(@" as expected type '[^']*'")]
    private static partial Regex TypeName();

    private static ParseResult Parse(Command root, string[] args)
    {
        try
        {
            return root.Parse(args);
        }
        catch (InvalidOperationException e)
        {
            // A validator that asks for the number of a text that is none.
            throw new WrongUsageException(Plain(e.Message));
        }
    }

    private static async Task<int> SayUsage(ParseResult parsed)
    {
        foreach (var message in parsed.Errors.Select(error => Plain(error.Message)).Distinct())
            await Console.Error.WriteLineAsync(message.EndsWith('.') ? message : message + ".");
        var verbs = new List<string>();
        for (var result = parsed.CommandResult; result.Parent is CommandResult parent; result = parent)
            verbs.Insert(0, result.Command.Name);
        await Console.Error.WriteLineAsync($"The options are explained by: {string.Join(' ', ["./lstep", .. verbs, "--help"])}");
        return WrongUsage;
    }
}

using System.Diagnostics;
using System.Text.Json;
using LStep.Domain;
using LStep.Grains.Database;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Predictions;

/// <summary>The program that trains when it is started.</summary>
/// <param name="Path">Its assembly.</param>
/// <param name="Verb">
/// Its first argument; it reads a <see cref="TrainingRequest"/> as a line and writes a <see cref="TrainingOutcome"/>.
/// </param>
/// <param name="GivesWay">Runs where nobody else has anything to do, and rests between its questions; else it is one of many.</param>
public sealed record TrainingProgram(string Path, string Verb, bool GivesWay = true);

/// <summary>
/// Trains in a process of its own that gives way to all others. Ingest loses less by it than by a thread of low priority within the silo
/// (docs/prediction.md), and the memory of a training is not the silo's.
/// </summary>
public sealed class TrainingProcess(PostgresDatabase database, TrainingProgram program, ILogger<TrainingProcess> log)
{
    private const int LinesKept = 20;

    /// <summary>Null where the process failed; the log says how.</summary>
    internal async Task<TrainingOutcome?> Run(
        UnfinishedTraining run, DateTimeOffset until, BusinessCalendar calendar, CancellationToken stopping)
    {
        using var process = Process.Start(Begin())!;
        try
        {
            var (said, trouble) = (LastLines(process.StandardOutput), LastLines(process.StandardError));
            await Tell(process.StandardInput, new(
                run.Id, run.RequestedBy, until, calendar.Zone.Id, database.ConnectionString, program.GivesWay));
            await process.WaitForExitAsync(stopping);
            if (process.ExitCode == 0 && (await said).LastOrDefault() is { } answer)
                return JsonSerializer.Deserialize<TrainingOutcome>(answer);
            log.LogError(
                "The process of the training {Id} ended with {ExitCode}: {Trouble}", run.Id, process.ExitCode,
                string.Join(' ', await trouble));
            return null;
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private ProcessStartInfo Begin()
    {
        // Linux weighs sessions against each other before it looks at the processes within them: in a session of its own, which
        // makes itself light, the process gives way to PostgreSQL too.
        string[] last = program.GivesWay && OperatingSystem.IsLinux() ? ["setsid", "chrt", "--idle", "0"] : [];
        string[] command = [.. last, "dotnet", program.Path, program.Verb];
        return new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            // One thread works there: a heap per processor and a collector beside it would be waste.
            Environment = { ["DOTNET_gcServer"] = "0", ["DOTNET_gcConcurrent"] = "0" },
        };
    }

    /// <summary>
    /// Left open: its end tells the process that this one has ended, however it did. Secrets go by it, which nobody else can read.
    /// </summary>
    private static async Task Tell(StreamWriter input, TrainingRequest request)
    {
        try
        {
            await input.WriteLineAsync(JsonSerializer.Serialize(request));
            await input.FlushAsync();
        }
        catch (IOException)
        {
            // It is gone already, and has said why.
        }
    }

    private static async Task<Queue<string>> LastLines(StreamReader output)
    {
        var lines = new Queue<string>();
        while (await output.ReadLineAsync() is { } line)
        {
            lines.Enqueue(line);
            if (lines.Count > LinesKept) lines.Dequeue();
        }
        return lines;
    }
}

using System.Diagnostics;
using LStep.Domain.Campaigning;
using LStep.Silo;
using LStep.Workbench.Bench;
using LStep.Workbench.Processes;
using LStep.Workbench.Receivers;
using LStep.Workbench.Sends;
using Npgsql;

namespace LStep.Workbench.Drains;

/// <summary>Actions that are all due at once, drained by several silos into receivers of this process, which count every key.</summary>
internal sealed class DrainBench(string folder, Report report, int actions, int silos, int mailConnections, string? build)
{
    private static readonly TimeSpan LooksEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan DrainedWithin = TimeSpan.FromMinutes(30);

    /// <summary>How long each channel took, from the moment all was due.</summary>
    private sealed record Drain(IReadOnlyDictionary<Channel, TimeSpan> Ends, TimeSpan? MailBack);

    /// <summary>Answers whether every line of the audit is 0.</summary>
    /// <param name="mailIsDown">Until all else is at its end.</param>
    public async Task<(bool IsSound, Version PostgreSql)> Run(bool mailIsDown, CancellationToken cancel)
    {
        var data = Path.Combine(folder, "campaigns");
        var processes = new List<SiloProcess>();
        report.Begin($"{actions:N0} customers come");
        await using var postgres = await EmptyPostgres.Start(data, cancel);
        await using var receivers = await OutsideReceivers.Start(silos, cancel);
        try
        {
            for (var silo = 0; silo < silos; silo++)
                processes.Add(await SiloProcess.Start(
                    postgres.ConnectionString, environment: receivers.Settings(silo, mailConnections: mailConnections), build: build));
            await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
            await DueLoad.Customers(actions, processes[0].Address, source, cancel);
            if (mailIsDown) await receivers.MailGoesDown();
            report.Begin($"one action of each is due, of all campaigns{(mailIsDown ? "; the mail server is down" : "")}");
            await using var one = await source.OpenConnectionAsync(cancel);
            var postmaster = ProcessorTime.IsKnown ? ProcessorTime.ParentOf(one.ProcessID) : (int?)null;
            await DueLoad.Actions(source, 1, inTheFuture: false, cancel);
            var (before, watch) = (Times(), Stopwatch.StartNew());
            var drain = await Drained(source, receivers, mailIsDown, watch, cancel);
            var (after, took) = (Times(), watch.Elapsed);
            foreach (var process in processes) await process.Stop();
            var (lines, ended, _) = await new SendsAudit(postgres.ConnectionString, receivers.Received, keepsKeys: false).Run(cancel);
            Write(mailIsDown, drain, took, after is null || before is null ? null : after - before, receivers, ended);
            foreach (var line in lines)
                report.Add($"  {line.What}", line.Example is null ? $"{line.Found}" : $"{line.Found} ({line.Example})");
            return (lines.All(line => line.Found == 0), one.PostgreSqlVersion);

            Spent? Times() => postmaster is not { } server ? null : new Spent(
                new TimeSpan(processes.Sum(process => ProcessorTime.OfTree(process.ProcessId).Ticks)), ProcessorTime.OfTree(server),
                Environment.CpuUsage.TotalTime);
        }
        finally
        {
            foreach (var process in processes) await process.DisposeAsync();
            await postgres.DisposeAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<Drain> Drained(
        NpgsqlDataSource source, OutsideReceivers receivers, bool mailIsDown, Stopwatch watch, CancellationToken cancel)
    {
        var ends = new Dictionary<Channel, TimeSpan>();
        TimeSpan? back = null;
        while (watch.Elapsed < DrainedWithin)
        {
            await Task.Delay(LooksEvery, MachineClock.Instance, cancel);
            var open = new HashSet<Channel>();
            await using (var command = source.CreateCommand(WorkbenchSql.Query("drain_open")))
            {
                await using var row = await command.ExecuteReaderAsync(cancel);
                while (await row.ReadAsync(cancel)) open.Add((Channel)row.GetInt16(0));
            }
            foreach (var channel in Enum.GetValues<Channel>())
                if (!open.Contains(channel)) ends.TryAdd(channel, watch.Elapsed);
            var othersAreDone = open.All(channel => channel == Channel.Email);
            if (mailIsDown && back is null && othersAreDone)
            {
                receivers.MailComesUp();
                back = watch.Elapsed;
                ends.Remove(Channel.Email);
            }
            // A mail that failed waits for its next try, and is not due meanwhile.
            else if (open.Count == 0 && (!mailIsDown || await Scheduled(source, cancel) == 0)) break;
        }
        return new Drain(ends, back);
    }

    private static async Task<long> Scheduled(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(WorkbenchSql.Query("sends_open"));
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = MachineClock.Instance.GetUtcNow().AddHours(24) });
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private void Write(
        bool mailIsDown, Drain drain, TimeSpan took, Spent? spent, OutsideReceivers receivers, IReadOnlyList<EndedActions> ended)
    {
        report.Add(
            $"{actions:N0} due actions, {silos} silos{(mailIsDown ? ", the mail server down at first" : "")}: actions/s",
            actions / took.TotalSeconds);
        report.Add("  seconds", took.TotalSeconds, "0.0");
        if (drain.MailBack is { } back) report.Add("  the mail server came back after (s)", back.TotalSeconds, "0.0");
        foreach (var (channel, end) in drain.Ends.OrderBy(one => one.Key))
            if (channel is not Channel.Line) report.Add($"  {channel.Name()} at its end after (s)", end.TotalSeconds, "0.0");
        report.Add("  received outside, each key once", receivers.Received.Count);
        foreach (var one in ended) report.Add($"  {one.Status.ToString().ToLowerInvariant()} {one.Reason}".TrimEnd(), one.Count);
        spent?.Write(report, "while they were drained", "an action", actions);
    }
}

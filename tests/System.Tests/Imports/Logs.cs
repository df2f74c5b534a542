using System.IO.Compression;
using System.Text;
using LStep.Silo;
using LStep.Silo.Imports;

namespace LStep.System.Tests.Imports;

/// <summary>Logs of invented people in the shapes of the platforms, and what an import makes of them.</summary>
internal static class Logs
{
    /// <summary>A file with this name.</summary>
    public static string File(string name, byte[] content)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("lstep-import-").FullName, name);
        global::System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    public static string File(string name, string content) => File(name, Encoding.UTF8.GetBytes(content));

    public static byte[] Packed(string content)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest)) stream.Write(Encoding.UTF8.GetBytes(content));
        return packed.ToArray();
    }

    /// <summary>To a silo, or without one as a dry run.</summary>
    public static async Task<(ImportSums Sums, List<(FileRow Row, string Code, string Reason)> Refused, LogFile Log)> Import(
        string source, string path, LStepHost? host = null, LogOptions? options = null)
    {
        var log = LogFile.Open(source, path, options ?? new LogOptions());
        var refused = new List<(FileRow, string, string)>();
        var import = new RowImport(host?.Ingest, host?.WriteKey, (row, code, reason) => refused.Add((row, code, reason)), _ => { });
        return (await import.Run(log.Rows(), MachineClock.Instance, default), refused, log);
    }

    /// <summary>A record of the table logstore_standard_log, as CSV.</summary>
    public const string TableHead =
        "id,eventname,component,action,target,objecttable,objectid,crud,edulevel,contextid,contextlevel,contextinstanceid,userid,courseid,"
        + "relateduserid,anonymous,other,timecreated,origin,ip,realuserid";

    public static string TableRow(int id, string name, string user, string related, int cmid, string other, long at) =>
        $"{id},{name},core,x,y,NULL,NULL,r,2,30,70,{cmid},{user},2,{related},0,"
            + $"\"{other.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{at},web,203.0.113.7,NULL";

    public const string ReportHead =
        "Time,\"User full name\",\"Affected user\",\"Event context\",Component,\"Event name\",Description,Origin,\"IP address\"";

    public static string ReportRow(string time, string context, string name, string description) =>
        $"\"{time}\",\"Ada Example\",-,\"{context}\",System,\"{name}\",\"{description}\",web,203.0.113.7";

    /// <summary>A line of a tracking log.</summary>
    public static string Edx(string type, string user, string time, string @event = "{}", string source = "server") =>
        $$"""
        {"name":"{{type}}","context":{"course_id":"course-v1:X+D+1","user_id":{{user}},"path":"/courses/x","org_id":"X"},"username":"ada","session":"97","ip":"203.0.113.7","agent":"Mozilla/5.0","host":"x","referer":"","accept_language":"en","event":{{@event}},"time":"{{time}}","event_type":"{{type}}","event_source":"{{source}}","page":"x_module"}
        """.Trim();
}

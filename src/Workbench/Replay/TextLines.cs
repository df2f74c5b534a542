using System.IO.Compression;
using System.Text;

namespace LStep.Workbench.Replay;

/// <summary>Lines of a text file, packed with gzip or not.</summary>
public static class TextLines
{
    /// <summary>Empty lines are left out.</summary>
    public static IEnumerable<string> Of(string path)
    {
        using var reader = Open(path);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0)
                yield return line;
    }

    /// <summary>The text itself, without a mark of its byte order.</summary>
    public static StreamReader Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        return new StreamReader(plain, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 1 << 16);
    }
}

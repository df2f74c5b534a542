using System.IO.Compression;
using System.Text;

namespace LStep.Workbench.Replay;

/// <summary>Lines of a text file, packed with gzip or not.</summary>
public static class TextLines
{
    /// <summary>With their numbers from 1 on; blank ones and marks of the byte order are left out, also where files were joined.</summary>
    public static IEnumerable<(int Number, string Line)> Of(string path)
    {
        using var reader = Open(path);
        for (var number = 1; reader.ReadLine() is { } line; number++)
            if (line.Trim().Trim('\uFEFF') is { Length: > 0 } text)
                yield return (number, text);
    }

    /// <summary>The text itself, without a mark of its byte order.</summary>
    public static StreamReader Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        return new StreamReader(plain, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 1 << 16);
    }
}

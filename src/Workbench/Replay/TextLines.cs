using System.IO.Compression;
using System.Text;

namespace LStep.Workbench.Replay;

/// <summary>Lines of a text file, packed with gzip or not.</summary>
public static class TextLines
{
    public static IEnumerable<string> Of(string path)
    {
        using Stream file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        using var plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(plain, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 1 << 16);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0)
                yield return line;
    }
}

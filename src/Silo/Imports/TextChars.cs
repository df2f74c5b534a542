using System.IO.Compression;
using System.Text;

namespace LStep.Silo.Imports;

/// <summary>
/// The characters of a file, packed by gzip or not, with the number of the line, never more of them in memory than a buffer. UTF-8, or what
/// a mark of the byte order says.
/// </summary>
internal sealed class TextChars : IDisposable
{
    /// <summary>Stands for bytes that are no text.</summary>
    public const char Unreadable = '\uFFFD';

    public const int End = -1;

    private const int BufferChars = 1 << 16;

    private readonly Stream file;
    private readonly StreamReader reader;
    private readonly char[] buffer = new char[BufferChars];
    private int at, length;

    /// <param name="file">Read from its beginning, and closed in the end.</param>
    public TextChars(Stream file)
    {
        this.file = file;
        var isPacked = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        Stream plain = isPacked ? new GZipStream(file, CompressionMode.Decompress) : file;
        reader = new StreamReader(plain, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, BufferChars);
    }

    public static TextChars Of(string path) =>
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan));

    /// <summary>Of the next character.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>What cannot be read further, and why; null where the file came to its end.</summary>
    public string? Damage { get; private set; }

    /// <summary>How much of the file was read, 0 to 1.</summary>
    public double Done => file.Length == 0 ? 1 : (double)file.Position / file.Length;

    /// <summary>The next character, or <see cref="End"/>.</summary>
    public int Peek() => at < length || Fill() ? buffer[at] : End;

    /// <summary>Of the three ends of lines that there are, each is one '\n'.</summary>
    public int Read()
    {
        var c = Peek();
        if (c == End) return End;
        at++;
        if (c == '\r')
        {
            if (Peek() == '\n') at++;
            c = '\n';
        }
        if (c == '\n') Line++;
        return c;
    }

    public void Dispose()
    {
        reader.Dispose();
        file.Dispose();
    }

    private bool Fill()
    {
        if (Damage is not null) return false;
        try
        {
            (at, length) = (0, reader.Read(buffer, 0, buffer.Length));
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            (at, length, Damage) = (0, 0, "the packed file is damaged or ends too early from here on");
        }
        return length > 0;
    }
}

using System.Text;

namespace LStep.Workbench.Fuzz;

/// <param name="Number">With the seed, all that it takes to make it again.</param>
/// <param name="IsWhole">The server has all it needs to answer; otherwise whoever sends it cuts the connection.</param>
public sealed record FuzzRequest(long Number, byte[] Bytes, bool IsWhole = true)
{
    private const int CharsShownMax = 1_500;

    public string FirstLine => Shown(Bytes.AsSpan(0, Bytes.AsSpan().IndexOf((byte)'\r') is var end and >= 0 ? end : Bytes.Length), 200);

    /// <summary>The hub's protocol has refusals of its own.</summary>
    public bool IsOfHub => FirstLine.Contains("/hubs", StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Shown(Bytes, CharsShownMax);

    private static string Shown(ReadOnlySpan<byte> bytes, int most)
    {
        var shown = new StringBuilder();
        foreach (var b in bytes[..Math.Min(bytes.Length, most)])
            shown.Append(b switch
            {
                (byte)'\n' => "\n",
                (byte)'\r' => "",
                >= 0x20 and < 0x7f => ((char)b).ToString(),
                _ => $"\\x{b:x2}",
            });
        return bytes.Length > most ? $"{shown}… ({bytes.Length:N0} bytes)" : shown.ToString();
    }
}

namespace LStep.Domain.Packing;

/// <summary>How one format of a packed form is written and read; the byte that numbers it is neither's.</summary>
/// <param name="Write">Null for a format that no version writes any more.</param>
sealed record PackFormat<T>(PackFormat<T>.Writing? Write, PackFormat<T>.Reading Read)
{
    public delegate void Writing(ref PackWriter writer, T value);

    public delegate T Reading(ref PackReader reader);
}

/// <summary>
/// A packed form with all formats it ever had, 1 to N, of which each value names its own. All are read, one is written, and it need not be
/// the newest: during a rolling upgrade the version before reads what this one writes. So a new format is first only added here, and a
/// version later written; unless its values mean something else than before, and then there is no rolling upgrade.
/// </summary>
sealed class PackedForm<T>
{
    readonly PackFormat<T>[] formats;

    public PackedForm(byte written, params PackFormat<T>[] formats)
    {
        ArgumentOutOfRangeException.ThrowIfZero(written);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(written, formats.Length);
        (Written, this.formats) = (written, formats);
    }

    public byte Written { get; }

    public byte[] Pack(T value)
    {
        var writer = new PackWriter(Written);
        try
        {
            formats[Written - 1].Write!(ref writer, value);
            return writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <exception cref="InvalidDataException">The bytes are of no format known here, or of none at all.</exception>
    public T Unpack(ReadOnlySpan<byte> packed)
    {
        var reader = new PackReader(packed);
        var format = reader.Byte();
        if (format == 0 || format > formats.Length) throw PackReader.Corrupt($"format {format} where 1 to {formats.Length} are known");
        var value = formats[format - 1].Read(ref reader);
        reader.End();
        return value;
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace LStep.Domain.Packing;

/// <summary>Reads what <see cref="PackWriter"/> wrote and trusts none of it: anything impossible is an InvalidDataException.</summary>
ref struct PackReader
{
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    static readonly long FirstInstant = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    static readonly long LastInstant = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    ReadOnlySpan<byte> rest;

    public PackReader(ReadOnlySpan<byte> packed) => rest = packed;

    public readonly void End()
    {
        if (!rest.IsEmpty) throw Corrupt($"{rest.Length} bytes too many");
    }

    public static InvalidDataException Corrupt(string what) => new($"The packed customer cannot be read: {what}.");

    public byte Byte() => Take(1)[0];

    public ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Byte();
            if (shift == 63 && next > 1) break;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw Corrupt("a number too long");
    }

    public long Signed() => Unsigned() is var value ? (long)(value >> 1) ^ -(long)(value & 1) : 0;

    /// <summary>A count or a small whole number.</summary>
    public int Count() => Unsigned() is var value && value <= int.MaxValue ? (int)value : throw Corrupt("a count out of range");

    /// <summary>A count of things of which each takes so many bytes at least: a wrong one must not reserve memory.</summary>
    public int CountOf(int bytesEach) =>
        Count() is var count && (long)count * bytesEach <= rest.Length ? count : throw Corrupt("a count beyond the end");

    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public void Fixed64(Span<ulong> values)
    {
        Take(8 * values.Length).CopyTo(MemoryMarshal.AsBytes(values));
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(values, values);
    }

    public string Text()
    {
        var bytes = Take(CountOf(1));
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (ArgumentException)
        {
            throw Corrupt("text that is not UTF-8");
        }
    }

    public DateTimeOffset Instant() => Instant(Signed());

    public static DateTimeOffset Instant(long milliseconds) => milliseconds >= FirstInstant && milliseconds <= LastInstant
        ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : throw Corrupt("an instant out of range");

    public static DateOnly Date(long dayNumber) => dayNumber >= 0 && dayNumber <= DateOnly.MaxValue.DayNumber
        ? DateOnly.FromDayNumber((int)dayNumber) : throw Corrupt("a date out of range");

    public decimal Decimal()
    {
        var head = Byte();
        var scale = (byte)(head & 0x7F);
        if (scale > 28) throw Corrupt("a decimal out of range");
        UInt128 mantissa = 0;
        for (var shift = 0; shift < 98; shift += 7)
        {
            var next = Byte();
            mantissa |= (UInt128)(uint)(next & 0x7F) << shift;
            if (next >= 0x80) continue;
            if (mantissa >> 96 != 0) break;
            return new decimal((int)(uint)mantissa, (int)(uint)(mantissa >> 32), (int)(uint)(mantissa >> 64), head >= 0x80, scale);
        }
        throw Corrupt("a decimal out of range");
    }

    ReadOnlySpan<byte> Take(int bytes)
    {
        if (bytes > rest.Length) throw Corrupt("it ends too early");
        var taken = rest[..bytes];
        rest = rest[bytes..];
        return taken;
    }
}

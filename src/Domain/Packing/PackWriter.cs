using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace LStep.Domain.Packing;

/// <summary>Writes the packed forms: small numbers in few bytes, instants as milliseconds. Dispose gives the buffer back.</summary>
ref struct PackWriter
{
    byte[] buffer = ArrayPool<byte>.Shared.Rent(1_024);
    int length;

    public PackWriter(byte format) => Byte(format);

    public readonly byte[] ToArray() => buffer.AsSpan(0, length).ToArray();

    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    public void Byte(byte value) => Room(1)[0] = value;

    public void Unsigned(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    /// <summary>Small numbers of either sign are short.</summary>
    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    public void Count(int value) => Unsigned((ulong)value);

    public void Fixed64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Room(8), value);

    public void Text(string value)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        Count(bytes);
        Encoding.UTF8.GetBytes(value, Room(bytes));
    }

    public void Instant(DateTimeOffset value) => Signed(value.ToUnixTimeMilliseconds());

    public void Decimal(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        Byte((byte)(((bits[3] >> 16) & 0x7F) | (bits[3] < 0 ? 0x80 : 0)));
        var mantissa = new UInt128((uint)bits[2], (uint)bits[0] | ((ulong)(uint)bits[1] << 32));
        for (; mantissa >= 0x80; mantissa >>= 7) Byte((byte)((byte)(mantissa & 0x7F) | 0x80));
        Byte((byte)mantissa);
    }

    Span<byte> Room(int bytes)
    {
        if (length + bytes > buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, length + bytes));
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        length += bytes;
        return buffer.AsSpan(length - bytes, bytes);
    }
}

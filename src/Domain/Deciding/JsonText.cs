using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LStep.Domain.Deciding;

static class JsonText
{
    /// <summary>Operators such as ">=" stay readable; the text goes into the database and API answers, never into HTML.</summary>
    public static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, Plain)) write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

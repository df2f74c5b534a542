using System.IO.Compression;
using System.Text;
using LStep.Grains.Database;
using LStep.Workbench.Replay;

namespace LStep.System.Tests.Replay;

public sealed class CsvTableTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lstep-csv-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("id,name\n1,one\n2,two\n")]
    [InlineData("id,name\r\n1,one\r\n2,two")]
    [InlineData("\n\nid,name\n\n1,one\n\n\n2,two\n\n")]
    [InlineData("\r\nid,name\r\n\r\n1,one\r\n2,two\r\n\r\n")]
    [InlineData("\"id\",\"name\"\n\"1\",\"one\"\n2,\"two\"\n")]
    public void Line_ends_empty_lines_and_quotes_do_not_count(string text) =>
        Assert.Equal(["one 1", "two 2"], Table(text).Rows("name", "id").Select(row => string.Join(' ', row)));

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_column() =>
        Assert.Equal(["1"], Table("\uFEFFid,name\n1,one\n").Rows("id").Select(row => row[0]));

    [Fact]
    public void A_comma_in_quotes_is_part_of_its_field() =>
        Assert.Equal(["one, or so"], Table("id,name\n1,\"one, or so\"\n").Rows("name").Select(row => row[0]));

    [Fact]
    public void An_empty_field_is_an_empty_text() =>
        Assert.Equal([["", "one"], ["", ""]], Table("id,name\n,one\n\"\",\n").Rows("id", "name"));

    [Fact]
    public void A_packed_table_is_read_as_a_plain_one()
    {
        var path = Path.Combine(folder.FullName, "table.csv.gz");
        using (var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest)) packed.Write("id\n7\n"u8);
        Assert.Equal([7], new CsvTable(path).Rows<int>(["id"], row => row.Number(0)));
    }

    [Theory]
    [InlineData("id,name\n1,one,more\n", "3 fields instead of 2")]
    [InlineData("id,name\n1\n", "1 fields instead of 2")]
    [InlineData("name\none\n", "has no column id")]
    public void A_row_of_another_shape_and_a_missing_column_are_named(string text, string what) =>
        Assert.Contains(what, Assert.Throws<InvalidDataException>(() => Table(text).Rows("id").ToList()).Message);

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    public void A_table_without_a_header_is_no_table(string text) =>
        Assert.Contains("is empty", Assert.Throws<InvalidDataException>(() => Table(text)).Message);

    private CsvTable Table(string text)
    {
        var path = Path.Combine(folder.FullName, "table.csv");
        File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return new CsvTable(path);
    }
}

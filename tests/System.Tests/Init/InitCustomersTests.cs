using System.Text;
using LStep.Silo;
using LStep.Silo.Imports;
using LStep.Silo.Init;
using Npgsql;

namespace LStep.System.Tests.Init;

/// <summary>Customers from a file, in the forms that spreadsheets and exports have, brought once and again.</summary>
public sealed class InitCustomersTests(LStepHostFixture silo) : IClassFixture<LStepHostFixture>
{
    private const string Bom = "\uFEFF";

    public static TheoryData<string, string> Forms => new()
    {
        { "a.csv", "id,email,name,plan,ltv,createdAt,consent.email,city\nF1,ada@example.org,Ada,Enterprise,8000,2024-05-01,no,Köln\n" },
        { "b.csv", Bom + "User ID;Email;Name;Product Tier;LTV;Created At;consent.email;city\r\n"
            + "F2;ada@example.org;Ada;enterprise;8000;20240501;0;Köln\r\n\r\n" },
        { "c.csv", "email\tcustomer_id\tname\ttier\tltv_value\tenrolledAt\tconsent.email\tcity\n"
            + "ada@example.org\tF3\t\"Ada\"\tEnterprise\t8000\t1714521600\tfalse\tKöln" },
        { "d.ndjson", Bom
            + """{"id":"F4","email":"ada@example.org","name":"Ada","tier":"Enterprise","ltv":8000,"createdAt":"2024-05-01","consent":{"email":false},"city":"Köln"}""" },
        { "e.ndjson",
            """{"type":"identify","userId":"F5","traits":{"email":"ada@example.org","name":"Ada","plan":"Enterprise","ltv":"8000","createdAt":"2024-05-01","consent.email":"n","city":"Köln"}}""" + "\r\n" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_form_comes_to_the_same_customer(string name, string content)
    {
        var (sums, refused) = await Import(name, content);
        Assert.Empty(refused);
        Assert.Equal(new ImportSums(1, 1, 0, 0), sums);

        var customer = await silo.Host.Get($"/api/customers/F{name[0] - 'a' + 1}");
        Assert.Equal(("ada@example.org", "Ada", "Enterprise", 8000m, "Köln"), (
            customer.GetProperty("email").GetString(), customer.GetProperty("name").GetString(), customer.GetProperty("tier").GetString(),
            customer.GetProperty("ltvValue").GetDecimal(), customer.GetProperty("traits").GetProperty("city").GetString()));
        Assert.Equal(new DateTimeOffset(2024, 5, 1, 0, 0, 0, TimeSpan.Zero), customer.GetProperty("enrolledAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task What_was_brought_is_known_when_it_comes_again_and_what_was_changed_is_merged()
    {
        await Import("again.csv", "id,name,city\nag1,One,Rome\nag2,Two,Oslo\n");
        var (sums, _) = await Import("again.csv", "id,name,city\nag1,One,Rome\nag2,Two,Bergen\nag3,Three,\n");

        Assert.Equal(new ImportSums(3, 2, 1, 0), sums);
        Assert.Equal("Bergen", (await silo.Host.Get("/api/customers/ag2")).GetProperty("traits").GetProperty("city").GetString());
        Assert.Equal("Three", (await silo.Host.Get("/api/customers/ag3")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Rows_that_cannot_be_taken_are_told_by_line_and_the_others_are_taken()
    {
        var (sums, refused) = await Import("bad.csv", """
            id,name
            ok1,One
            undefined,Two
            ,Three
            ok2,Four,Five
            "ok3","Multi
            line"
            ok4,One
            """);

        Assert.Equal((3, 3), (sums.Taken, sums.Rejected));
        Assert.Equal(["3 placeholder_id", "4 no_id", "5 unreadable_row"], refused.Select(one => $"{one.Line} {one.Code}"));
        Assert.Equal("Multi\nline", (await silo.Host.Get("/api/customers/ok3")).GetProperty("name").GetString());

        var (_, lines) = await Import("bad.ndjson", """
            {"id":"ok5"}
            [1]
            {"id":{"x":1}}
            {nonsense
            {"type":"track","userId":"x","event":"e","traits":{}}

            {"id":"ok6","id":"ok7"}
            {"id":7}
            """);
        Assert.Equal([2, 3, 4, 5, 7], lines.Select(one => one.Line));
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_refused_with_their_line()
    {
        var path = Path(Encoding.Latin1.GetBytes("id,name\nl1,Köln\nl2,Rom\n"), "latin.csv");
        var refused = new List<(int Line, string Code)>();
        var sums = await new RowImport(silo.Host.Ingest, silo.Host.WriteKey, (row, code, _) => refused.Add((row.Line, code)), _ => { })
            .Run(new CustomerFile(path).Rows(), MachineClock.Instance, default);
        Assert.Equal(1, sums.Taken);
        Assert.Equal([(2, "unreadable_row")], refused);
    }

    [Theory]
    [InlineData("")]
    [InlineData("name,email\nAda,a@b.c\n")]
    public async Task A_file_that_names_nobody_is_refused_as_a_whole(string content) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => Import("none.csv", content));

    [Fact]
    public async Task A_dry_run_says_the_same_and_sends_nothing()
    {
        var refused = new List<int>();
        var path = Path(Encoding.UTF8.GetBytes("id,name\ndry1,One\nnull,Two\n"), "dry.csv");
        var sums = await new RowImport(null, null, (row, _, _) => refused.Add(row.Line), _ => { })
            .Run(new CustomerFile(path).Rows(), MachineClock.Instance, default);

        Assert.Equal(new ImportSums(2, 1, 0, 1), sums);
        Assert.Equal([3], refused);
        await using var source = NpgsqlDataSource.Create(silo.Host.ConnectionString);
        await using var command = source.CreateCommand("SELECT count(*) FROM customers WHERE customer_id = 'dry1'");
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Thousands_are_brought_in_requests_that_are_bounded()
    {
        var content = new StringBuilder("id,name,note\n");
        for (var n = 0; n < 3_000; n++) content.Append($"many{n},N{n},{new string('n', 300)}\n");
        var (sums, _) = await Import("many.csv", content.ToString());
        Assert.Equal(new ImportSums(3_000, 3_000, 0, 0), sums);
    }

    private async Task<(ImportSums Sums, List<(int Line, string Code)> Refused)> Import(string name, string content)
    {
        var refused = new List<(int, string)>();
        var import = new RowImport(silo.Host.Ingest, silo.Host.WriteKey, (row, code, _) => refused.Add((row.Line, code)), _ => { });
        return (await import.Run(
            new CustomerFile(Path(Encoding.UTF8.GetBytes(content), name)).Rows(), MachineClock.Instance, default), refused);
    }

    private static string Path(byte[] content, string name)
    {
        var path = global::System.IO.Path.Combine(Directory.CreateTempSubdirectory("lstep-init-").FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}

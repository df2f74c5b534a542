using LStep.Workbench.Processes;

namespace LStep.System.Tests.Operations;

/// <summary>Keys that could be guessed, or that open everything from within a web page, are refused before anything serves.</summary>
public sealed class StartKeysTests
{
    private const string Write = "write-key-of-the-start-tests", Admin = "admin-token-of-the-start-tests";

    [Theory]
    [InlineData("short", Admin, "LSTEP_WRITE_KEY has 5 characters")]
    [InlineData(Write, "twenty-three-characters", "LSTEP_ADMIN_TOKEN has 23 characters")]
    [InlineData(Write, Write, "The write key and the admin token are the same")]
    public async Task It_is_said_in_one_sentence_and_ends_with_2(string write, string admin, string sentence)
    {
        var ended = await Run(await PostgresFixture.FreshDatabase(), write, admin);
        Assert.Equal(2, ended.ExitCode);
        Assert.StartsWith(sentence, ended.Output, StringComparison.Ordinal);
        Assert.Single(ended.Output.Trim().Split('\n'));
        Assert.DoesNotContain(write == "short" ? Admin : write, ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_key_that_was_an_admin_token_before_is_refused()
    {
        var database = await PostgresFixture.FreshDatabase();
        await using (await LStepHost.Start(connectionString: database, with: options => options with
        {
            WriteKey = Write, AdminToken = Admin,
        })) { }

        var ended = await Run(database, Admin, "another-admin-token-of-the-start-tests");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("is one of the role admin in this database: give LSTEP_WRITE_KEY", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Short_keys_in_the_file_of_the_data_folder_are_refused_by_its_name()
    {
        var folder = Directory.CreateTempSubdirectory("lstep-keys-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "keys.json"), $$"""{"writeKey":"w","adminToken":"{{Admin}}"}""");
            var ended = await Run(await PostgresFixture.FreshDatabase(), "", "", "--data", folder);
            Assert.Equal(2, ended.ExitCode);
            Assert.StartsWith($"writeKey in {folder}/keys.json has 1 characters", ended.Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<Ended> Run(string database, string write, string admin, params string[] more) => Programs.RunIn(
        Repository.Root, new Dictionary<string, string>
        {
            ["LSTEP_POSTGRES"] = database, ["LSTEP_WRITE_KEY"] = write, ["LSTEP_ADMIN_TOKEN"] = admin,
        }, "dotnet", [SiloBuild.This, "run", "--port", "0", .. more]);
}

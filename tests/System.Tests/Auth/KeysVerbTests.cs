using System.Net;
using System.Net.Http.Headers;

namespace LStep.System.Tests.Auth;

/// <summary>./lstep keys, straight in the database of a silo that runs.</summary>
public sealed class KeysVerbTests
{
    [Fact]
    public async Task Keys_are_added_listed_and_revoked()
    {
        await using var host = await LStepHost.Start();
        Task<Ended> Keys(params string[] arguments) => Programs.RunIn(
            AppContext.BaseDirectory, new Dictionary<string, string>(), "dotnet",
            ["lstep-silo.dll", "keys", .. arguments, "--postgres", host.ConnectionString]);

        var added = await Keys("add", "viewer", " Nora ", "--expires", "2099-01-01T00:00:00Z");
        Assert.True(added.ExitCode == 0, added.Output);
        var token = added.StandardOutput.Trim();
        Assert.Equal(HttpStatusCode.OK, await Call(host, token));

        var listed = (await Keys("list")).StandardOutput;
        Assert.DoesNotContain(token, listed, StringComparison.Ordinal);
        var line = listed.Split('\n').Single(line => line.Contains("Nora", StringComparison.Ordinal));
        Assert.Matches("^key_\\S+ +viewer +Nora .*2099-01-01 00:00.* 0 +command line", line);
        var admin = listed.Split('\n').Single(line => line.Contains("first admin", StringComparison.Ordinal)).Split(' ')[0];

        Assert.Equal(0, (await Keys("revoke", line.Split(' ')[0])).ExitCode);
        await Signals.UntilAsync(async () => await Call(host, token) == HttpStatusCode.Unauthorized);

        Told("no valid key or link", await Keys("revoke", line.Split(' ')[0]));
        Told("last key of an admin", await Keys("revoke", admin));
        Told("has passed already", await Keys("add", "viewer", "Late", "--expires", "2001-01-01T00:00:00Z"));
        Told("nobody of the provider", await Keys("restore", line.Split(' ')[0]));
        Assert.Equal(2, (await Keys("add", "viewer", "  ")).ExitCode);
    }

    private static void Told(string sentence, Ended ended)
    {
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(sentence, ended.Output, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> Call(LStepHost host, string token)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.GetAsync("/api/flags");
        return answer.StatusCode;
    }
}

using System.Net;

namespace LStep.System.Tests.Auth.Oidc;

/// <summary>A person's browser: it keeps cookies and follows what it is told, one step at a time.</summary>
internal sealed class Browser : IDisposable
{
    private readonly CookieContainer cookies = new();
    private readonly HttpClient client;
    private readonly Uri product;

    public Browser(Uri product)
    {
        this.product = product;
        client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("Accept", "text/html");
    }

    /// <summary>The session's cookie; null when there is none.</summary>
    public string? Session => cookies.GetCookies(product)["lstep_session"] is { Value.Length: > 0 } cookie
        ? $"{cookie.Name}={cookie.Value}" : null;

    public async Task<(HttpStatusCode Status, Uri? Location, string Text)> Get(Uri address)
    {
        using var answer = await client.GetAsync(address);
        var location = answer.Headers.Location is { } to ? new Uri(address, to) : null;
        return (answer.StatusCode, location, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Goes to the provider and comes back with what it gives: an address of the product that nobody has gone to yet.</summary>
    public async Task<Uri> ComeBack(string to = "/")
    {
        var begun = await Get(new Uri(product, $"/api/session/provider?to={Uri.EscapeDataString(to)}"));
        Assert.True(begun.Location is not null, $"{begun.Status} {begun.Text}");
        var back = await Get(begun.Location!);
        Assert.True(back.Location is { AbsolutePath: "/signin-oidc" }, $"{back.Status} {back.Text}");
        return back.Location!;
    }

    /// <summary>All of it: where it ends, or the page that says why not.</summary>
    public async Task<(HttpStatusCode Status, Uri? Location, string Text)> SignIn(string to = "/") => await Get(await ComeBack(to));

    public void Dispose() => client.Dispose();
}

using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.Api.Auth.Oidc;
using LStep.Grains.People;
using LStep.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace LStep.System.Tests.Auth.Oidc;

/// <summary>
/// OpenIddict as a provider of its own on loopback. Whoever comes is signed in as the person it is set to, and it can be made to lie.
/// </summary>
internal sealed class TestProvider : IAsyncDisposable
{
    public const string ClientId = "lstep", ClientSecret = "secret-of-the-client-0123456789", Audience = "lstep-api";

    private readonly WebApplication app;

    private TestProvider(WebApplication app) => this.app = app;

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Claims of whoever signs in: texts, truths, lists of texts and JSON.</summary>
    public Dictionary<string, object> Person { get; set; } = Named("Nora", "viewer");

    /// <summary>What only its userinfo endpoint tells.</summary>
    public Dictionary<string, JsonNode?> UserInfo { get; } = [];

    /// <summary>Makes another id token of the true one's claims.</summary>
    public Func<JsonObject, string>? Lie { get; set; }

    /// <summary>What a token of a machine is meant for, and how long it is good.</summary>
    public string MeantFor { get; set; } = Audience;
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Codes and tokens that were handed out.</summary>
    public List<string> Secrets { get; } = [];

    public SigningCredentials Credentials => Server.SigningCredentials[0];

    private OpenIddictServerOptions Server => app.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue;

    public static Dictionary<string, object> Named(string name, params string[] roles) => new()
    {
        ["sub"] = $"subject-of-{name}", ["name"] = name, ["roles"] = roles,
    };

    public static async Task<TestProvider> Start(string address = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(address);
        builder.Services.AddRouting();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider().DisableAutomaticKeyGeneration();
        TestProvider provider = null!;
        builder.Services.AddOpenIddict().AddServer(server => Configure(server, () => provider));
        var app = builder.Build();
        app.UseAuthentication();
        provider = new TestProvider(app);
        await app.StartAsync();
        return provider;
    }

    /// <summary>The product's options with this provider.</summary>
    public SiloOptions In(SiloOptions options, string claim = "roles", ImmutableDictionary<string, Role>? map = null) => options with
    {
        Provider = new ProviderSettings
        {
            Authority = Address, ClientId = ClientId, ClientSecret = ClientSecret, Name = "School", RoleClaim = claim, Audience = Audience,
            RoleMap = map ?? ProviderSettings.OwnNames, WallClock = Wall.Clock,
        },
    };

    /// <summary>A program's own token.</summary>
    public async Task<string> MachineToken()
    {
        using var client = new HttpClient();
        using var answer = await client.PostAsync(new Uri(Address, "/connect/token"), new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials", ["client_id"] = ClientId, ["client_secret"] = ClientSecret,
            }));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    /// <summary>From now on it signs with another key, and no longer knows the one before.</summary>
    public void Rotate()
    {
        Server.SigningCredentials.Clear();
        Server.SigningCredentials.Add(NewCredentials());
    }

    public string Signed(JsonObject claims, SigningCredentials? by = null) =>
        new JsonWebTokenHandler().CreateToken(claims.ToJsonString(), by ?? Credentials);

    public static SigningCredentials NewCredentials()
    {
        var key = new RsaSecurityKey(RSA.Create(2048));
        key.KeyId = Convert.ToHexString(key.ComputeJwkThumbprint());
        return new SigningCredentials(key, SecurityAlgorithms.RsaSha256);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static void Configure(OpenIddictServerBuilder server, Func<TestProvider> own)
    {
        server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token")
            .SetUserInfoEndpointUris("connect/userinfo");
        server.AllowAuthorizationCodeFlow().AllowClientCredentialsFlow().RequireProofKeyForCodeExchange();
        server.RegisterScopes(Scopes.Profile, Scopes.Email);
        server.AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32))).DisableAccessTokenEncryption();
        server.Configure(options => options.SigningCredentials.Add(NewCredentials()));
        server.EnableDegradedMode();
        server.UseAspNetCore().DisableTransportSecurityRequirement();

        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != ClientId || !context.RedirectUri!.EndsWith("/signin-oidc", StringComparison.Ordinal))
                context.Reject(Errors.InvalidClient);
            return default;
        }));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if ((context.ClientId, context.ClientSecret) != (ClientId, ClientSecret)) context.Reject(Errors.InvalidClient);
            return default;
        }));
        server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            context.SignIn(own().Principal(context.Request.GetScopes()));
            return default;
        }));
        server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.Request.IsClientCredentialsGrantType()) context.SignIn(own().Principal([]));
            return default;
        }));
        server.AddEventHandler<HandleUserInfoRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            foreach (var (name, value) in own().UserInfo) context.Claims[name] = new OpenIddictParameter(value);
            return default;
        }));
        server.AddEventHandler<ApplyAuthorizationResponseContext>(handler => handler.SetOrder(int.MinValue).UseInlineHandler(context =>
        {
            if (context.Response.Code is { } code) own().Secrets.Add(code);
            return default;
        }));
        server.AddEventHandler<ApplyTokenResponseContext>(handler => handler.SetOrder(int.MinValue).UseInlineHandler(context =>
        {
            own().Answer(context.Response);
            return default;
        }));
    }

    private void Answer(OpenIddictResponse response)
    {
        if (response.IdToken is { } token && Lie is { } lie)
            response.IdToken = lie(JsonNode.Parse(Base64UrlEncoder.Decode(token.Split('.')[1]))!.AsObject());
        foreach (var secret in new[] { response.IdToken, response.AccessToken })
            if (secret is not null) Secrets.Add(secret);
    }

    private ClaimsPrincipal Principal(IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
        foreach (var (name, value) in Person)
            switch (value)
            {
                case string text: identity.SetClaim(name, text); break;
                case bool truth: identity.SetClaim(name, truth); break;
                case string[] list: identity.SetClaims(name, [.. list]); break;
                default: identity.SetClaim(name, JsonSerializer.SerializeToElement(value)); break;
            }
        identity.SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(scopes);
        principal.SetResources(MeantFor);
        principal.SetAccessTokenLifetime(Lifetime);
        return principal;
    }
}

using LStep.Api.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace LStep.Api.Auth.Oidc;

/// <summary>The schemes of the OpenID Connect provider, where there is one.</summary>
public static class ProviderSetup
{
    /// <summary>The address that has to be registered with the provider.</summary>
    public const string CallbackPath = "/signin-oidc";

    public const string CookiePrefix = "lstep_sign_in_";

    private const int AnswerSecondsMax = 10;

    /// <summary>Clocks of machines differ by so much.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    // By public keys only: with a shared secret, whoever knows it could make tokens.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <param name="key">A secret of the installation, the same on every silo.</param>
    public static IServiceCollection AddProvider(this IServiceCollection services, ProviderSettings? settings, byte[] key)
    {
        if (settings is null) return services;
        services.AddSingleton(settings).AddSingleton<ProviderSignIn>()
            .AddSingleton<IDataProtectionProvider>(new InstallationProtection(key))
            .AddSingleton<IAuthenticationConfigurationProvider, NoConfiguration>();
        var authentication = new AuthenticationBuilder(services);
        authentication.AddOpenIdConnect(Schemes.Provider, options => OfBrowsers(options, settings));
        if (settings.Audience is not null)
            authentication.AddJwtBearer(Schemes.ProviderToken, options => OfMachines(options, settings, settings.Audience));
        services.AddOptions<OpenIdConnectOptions>(Schemes.Provider).Configure<AddressOptions>((options, addresses) =>
            options.Events.OnRedirectToIdentityProvider = context =>
            {
                // Else it is what the Host header says, which a proxy may have changed.
                if (addresses.PublicUrl is { } own) context.ProtocolMessage.RedirectUri = new Uri(own, CallbackPath).ToString();
                return Task.CompletedTask;
            });
        return services;
    }

    private static void OfBrowsers(OpenIdConnectOptions options, ProviderSettings settings)
    {
        options.Authority = settings.Authority.ToString().TrimEnd('/');
        options.RequireHttpsMetadata = !settings.Authority.IsLoopback;
        (options.ClientId, options.ClientSecret) = (settings.ClientId, settings.ClientSecret);
        options.ResponseType = OpenIdConnectResponseType.Code;
        // A form posted from another site would come without the cookies that tie it to this browser.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.SaveTokens = false;
        options.CallbackPath = CallbackPath;
        options.RemoteSignOutPath = options.SignedOutCallbackPath = PathString.Empty;
        options.SignInScheme = Schemes.Session;
        options.Scope.Clear();
        foreach (var scope in settings.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)) options.Scope.Add(scope);
        // Some tell of roles there only.
        options.GetClaimsFromUserInfoEndpoint = true;
        options.ClaimActions.MapAll();
        options.MapInboundClaims = false;
        options.TimeProvider = settings.WallClock;
        options.TokenValidationParameters = Validation(settings, settings.ClientId);
        options.BackchannelTimeout = TimeSpan.FromSeconds(AnswerSecondsMax);
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
        {
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
            cookie.Name = CookiePrefix + (cookie == options.NonceCookie ? "nonce_" : "state_");
        }
        options.Events.OnAuthorizationCodeReceived = context => Work(context.HttpContext).CodeCame(context);
        options.Events.OnTicketReceived = context => Work(context.HttpContext).Came(context);
        options.Events.OnRemoteFailure = context => Work(context.HttpContext).WentWrong(context);
    }

    private static void OfMachines(JwtBearerOptions options, ProviderSettings settings, string audience)
    {
        options.Authority = settings.Authority.ToString().TrimEnd('/');
        options.RequireHttpsMetadata = !settings.Authority.IsLoopback;
        options.MapInboundClaims = false;
        options.TimeProvider = settings.WallClock;
        options.BackchannelTimeout = TimeSpan.FromSeconds(AnswerSecondsMax);
        options.TokenValidationParameters = Validation(settings, audience);
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = context => Work(context.HttpContext).TokenCame(context),
            OnAuthenticationFailed = context => Work(context.HttpContext).TokenFailed(context),
        };
    }

    private static TokenValidationParameters Validation(ProviderSettings settings, string audience) => new()
    {
        ValidAudience = audience, ValidAlgorithms = Algorithms, ClockSkew = ClockSkew, RequireSignedTokens = true,
        RequireExpirationTime = true, ValidateIssuer = true, ValidateAudience = true, ValidateLifetime = true,
    };

    private static ProviderSignIn Work(HttpContext http) => http.RequestServices.GetRequiredService<ProviderSignIn>();

    /// <summary>Everything is said above: variables of the framework's own change nothing.</summary>
    private sealed class NoConfiguration : IAuthenticationConfigurationProvider
    {
        public IConfiguration AuthenticationConfiguration { get; } = new ConfigurationBuilder().Build();
    }
}

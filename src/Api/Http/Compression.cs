using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Api.Http;

/// <summary>
/// br or gzip for answers to GET. Not for what holds a secret: the length of a compressed answer tells about a secret in it when a stranger
/// chooses another part of the answer. Lists and snapshots hold none, and a stranger's page cannot ask for them with somebody's session.
/// </summary>
public static class Compression
{
    private static readonly PathString[] WithSecrets = ["/api/session", "/api/sessions", "/api/keys", "/api/webhooks", "/v1", "/hubs"];

    public static IServiceCollection AddCompression(this IServiceCollection services) => services
        .AddResponseCompression(options => options.EnableForHttps = true)
        .Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest)
        .Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);

    public static IApplicationBuilder UseCompression(this IApplicationBuilder app) =>
        app.UseWhen(
            http => HttpMethods.IsGet(http.Request.Method) && !HasSecrets(http.Request.Path),
            branch => branch.UseResponseCompression());

    private static bool HasSecrets(PathString path) => Array.Exists(WithSecrets, beginning => path.StartsWithSegments(beginning));
}

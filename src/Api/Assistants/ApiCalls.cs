using System.Text;
using System.Text.Json.Nodes;
using LStep.Api.Auth;
using LStep.Api.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace LStep.Api.Assistants;

/// <summary>What the API answered: its JSON, a problem's from 400 on.</summary>
internal sealed record ApiAnswer(int Status, JsonNode? Body)
{
    public bool IsProblem => Status >= StatusCodes.Status400BadRequest;
}

/// <summary>
/// Calls of the process's own API for a caller of another door: through routing, authorization, checks, limits and the audit log like any
/// that comes from outside, with the caller's own key. So no tool can do or show what its caller may not.
/// </summary>
internal sealed class ApiCalls(IServiceScopeFactory scopes)
{
    /// <summary>What says who calls, and from where.</summary>
    private static readonly string[] OfCaller = [HeaderNames.Authorization, HeaderNames.Cookie, HeaderNames.Origin, AntiForgery.Header];

    private RequestDelegate? api;

    /// <summary>Comes before paths are read and routed: what follows is what a call goes through.</summary>
    public void Follow(IApplicationBuilder app) => app.Use(next => api = next);

    public async Task<ApiAnswer> Send(HttpContext caller, string method, string target, JsonNode? body)
    {
        using var answer = new MemoryStream();
        await using var scope = scopes.CreateAsyncScope();
        var response = new StreamResponseBodyFeature(answer);
        var http = new DefaultHttpContext(Features(caller, method, target, body, response));
        http.Features.Set<IServiceProvidersFeature>(new ScopeOfCall(scope.ServiceProvider));
        await api!(http);
        await response.CompleteAsync();
        return new ApiAnswer(http.Response.StatusCode, answer.Length == 0 ? null : JsonNode.Parse(answer.ToArray()));
    }

    private static FeatureCollection Features(
        HttpContext caller, string method, string target, JsonNode? body, StreamResponseBodyFeature response)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var bytes = body is null ? [] : Encoding.UTF8.GetBytes(body.ToJsonString());
        var request = new HttpRequestFeature
        {
            Method = method, Protocol = HttpProtocol.Http11, Scheme = caller.Request.Scheme, RawTarget = target,
            Path = Uri.UnescapeDataString(query < 0 ? target : target[..query]), QueryString = query < 0 ? "" : target[query..],
            Body = new MemoryStream(bytes),
        };
        request.Headers.Host = caller.Request.Host.Value;
        foreach (var name in OfCaller)
            if (caller.Request.Headers.TryGetValue(name, out var value)) request.Headers[name] = value;
        if (bytes.Length > 0) (request.Headers.ContentType, request.Headers.ContentLength) = ("application/json", bytes.Length);

        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpRequestBodyDetectionFeature>(new GivenBody(bytes.Length > 0));
        features.Set<IHttpMaxRequestBodySizeFeature>(new BodySize());
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(response);
        features.Set(caller.Features.Get<IHttpConnectionFeature>());
        features.Set(caller.Features.Get<IHttpRequestLifetimeFeature>());
        features.Set(caller.Features.Get<OpenConnection>());
        return features;
    }

    private sealed class ScopeOfCall(IServiceProvider services) : IServiceProvidersFeature
    {
        public IServiceProvider RequestServices { get; set; } = services;
    }

    private sealed record GivenBody(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;

    private sealed class BodySize : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; }
    }
}

using System.Reflection;
using System.Text.Json.Nodes;
using LStep.Grains.People;
using LStep.Grains.Privacy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace LStep.Api.Privacy;

/// <summary>The rows of every table, by its name.</summary>
public sealed record CustomerExport(
    string CustomerId, DateTimeOffset ExportedAt, IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> Stores);

/// <summary>
/// 200: written while it is read. A fault in the midst of it ends the connection, so that nobody takes a part for the whole.
/// </summary>
public sealed class ExportOfCustomer(Exporting exporting, string id, Person by, DateTimeOffset at) : IResult, IEndpointMetadataProvider
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var answer = httpContext.Response;
        answer.ContentType = "application/json";
        answer.Headers.CacheControl = "no-store";
        answer.Headers.ContentDisposition = "attachment; filename=\"customer.json\"";
        try
        {
            await exporting.Write(id, by, at, answer.BodyWriter, httpContext.RequestAborted);
        }
        catch when (answer.HasStarted)
        {
            httpContext.Abort();
            throw;
        }
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(CustomerExport), ["application/json"]));
}

using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;

namespace LStep.System.Tests.Http;

/// <summary>A client that a generator makes of the OpenAPI document compiles, and says to the product what it means.</summary>
public sealed class GeneratedClientTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private const string Union = "global using MetricValue = System.Object;";

    private readonly LStepHost host = fixture.Host;

    [Fact]
    public async Task A_generated_client_compiles_and_calls_the_product()
    {
        var assembly = Compiled(await Generated());

        dynamic ingest = ClientOf(assembly, host.Ingest);
        dynamic message = New(assembly, "TrackMessage");
        (message.UserId, message.Event, message.MessageId) = ("generated", "Lesson Completed", "generated-1");
        var taken = await ingest.TrackAsync(null, message);
        Assert.True(taken.Success);

        dynamic reader = ClientOf(assembly, host.Client);
        var customer = await reader.GetCustomerAsync("generated", null);
        Assert.Equal(("generated", "ST_001", 1L), ((string)customer.Id, (string)customer.Tag.ToString(), (long)customer.Version));
        var page = await reader.ListTransitionsAsync(null, null, null, 10);
        Assert.Contains("generated", ((IEnumerable<dynamic>)page.Items).Select(row => (string)row.CustomerId));
        var evaluation = await reader.ExplainCustomerAsync("generated", null);
        Assert.NotEmpty((IEnumerable<dynamic>)evaluation.Rules);
        var rules = await reader.GetRulesAsync();
        Assert.Equal(15, ((IEnumerable<dynamic>)rules.Rules).Count());
        var counts = await reader.GetDistributionAsync(null, null);
        Assert.True((long)counts.Counts.ST_001 >= 1);

        var refused = await Assert.ThrowsAnyAsync<Exception>(async () => await reader.GetCustomerAsync("nobody", null));
        Assert.Equal("not_found", (string)((dynamic)refused).Result.Code);
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own()
    {
        var document = await host.Get("/openapi/v1.json");
        var names = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
            .Select(operation => operation.Value.TryGetProperty("operationId", out var id) ? id.GetString() : operation.ToString())
            .ToList();

        Assert.All(names, name => Assert.Matches("^[a-z][A-Za-z]*$", name));
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public async Task Every_call_that_takes_a_body_describes_it_with_an_example()
    {
        var paths = (await host.Get("/openapi/v1.json")).GetProperty("paths");
        foreach (var path in paths.EnumerateObject().Where(path => path.Name.StartsWith("/v1/", StringComparison.Ordinal)))
            if (path.Value.TryGetProperty("post", out var post))
            {
                var json = post.GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
                Assert.NotEmpty(ApiHost.Fields(json.GetProperty("example")));
                Assert.StartsWith("#/components/schemas/", json.GetProperty("schema").GetProperty("$ref").GetString());
            }
    }

    private async Task<string> Generated()
    {
        var document = await OpenApiDocument.FromJsonAsync((await host.Get("/openapi/v1.json")).GetRawText());
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = "LStepClient",
            OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator(),
            CSharpGeneratorSettings =
            {
                // A number, text, list or null: a union of simple types is what this generator has no words for.
                ExcludedTypeNames = ["MetricValue"],
                Namespace = "Generated", JsonLibrary = CSharpJsonLibrary.NewtonsoftJson, GenerateNullableReferenceTypes = true,
            },
        };
        return new CSharpClientGenerator(document, settings).GenerateFile();
    }

    private static Assembly Compiled(string code)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "netstandard.dll" or "Newtonsoft.Json.dll"
                || Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Generated", [CSharpSyntaxTree.ParseText(code), CSharpSyntaxTree.ParseText(Union)], platform,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var bytes = new MemoryStream();
        var result = compilation.Emit(bytes);
        Assert.Empty(result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error).Select(one => one.ToString()));
        bytes.Position = 0;
        return new AssemblyLoadContext("generated").LoadFromStream(bytes);
    }

    private dynamic ClientOf(Assembly assembly, HttpClient http)
    {
        var type = assembly.GetType("Generated.LStepClient")!;
        return type.GetConstructor([typeof(string), typeof(HttpClient)]) is { } withAddress
            ? withAddress.Invoke([host.Address.ToString(), http])
            : type.GetConstructor([typeof(HttpClient)])!.Invoke([http]);
    }

    private static dynamic New(Assembly assembly, string name) => Activator.CreateInstance(assembly.GetType("Generated." + name)!)!;
}

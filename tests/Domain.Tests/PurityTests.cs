using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LStep.Domain.Tests;

/// <summary>
/// The domain is a pure function: it sees the records that travel, and nothing that could read a clock, a disk or a wire.
/// </summary>
public class PurityTests
{
    static readonly string[] Allowed = ["LStep.Grains.Interfaces", "Orleans.Core.Abstractions", "Orleans.Serialization.Abstractions",
        "Orleans.Serialization", "System.Runtime", "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Memory",
        "System.Text.Json", "System.Text.Encodings.Web", "System.Text.Encoding.Extensions", "System.Security.Cryptography",
        "System.Runtime.InteropServices", "System.Runtime.Extensions", "System.Runtime.Numerics"];

    static readonly string[] Forbidden = ["System.IO.File", "System.IO.Stream", "System.IO.Directory", "System.Threading.Tasks.Task",
        "System.Threading.Thread", "System.TimeProvider",
        "System.Environment", "System.Console", "System.Random", "LStep.ICustomerGrain", "LStep.IEvaluationGrain"];

    [Fact]
    public void It_references_only_the_records_and_the_plain_runtime() =>
        Assert.Empty(typeof(CustomerState).Assembly.GetReferencedAssemblies().Select(name => name.Name).Except(Allowed));

    [Fact]
    public void It_names_no_grain_no_task_no_clock_and_no_file()
    {
        using var image = new PEReader(File.OpenRead(typeof(CustomerState).Assembly.Location));
        var metadata = image.GetMetadataReader();
        var named = metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}").ToList();
        Assert.Empty(named.Intersect(Forbidden));
        // Of Orleans only what marks a record; a grain's base and its factory stay outside.
        Assert.DoesNotContain(
            named, name => name.StartsWith("Orleans.", StringComparison.Ordinal) && !name.EndsWith("Attribute", StringComparison.Ordinal));
        Assert.DoesNotContain(named, name => name.StartsWith("System.Net.", StringComparison.Ordinal));
    }

    [Fact]
    public void It_takes_no_package()
    {
        var project = typeof(PurityTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(item => item.Key == "DomainProject").Value!;
        Assert.DoesNotContain("PackageReference", File.ReadAllText(project), StringComparison.Ordinal);
    }
}

using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;

namespace LStep.Architecture.Tests;

/// <summary>What plays, measures and breaks the product is not in it.</summary>
public sealed class ShippedTests
{
    private static readonly string[] Dangerous = ["TRUNCATE", "pg_terminate_backend", "LSTEP_CLOCK_SKEW"];

    [Fact]
    public void The_product_holds_nothing_that_empties_tables_ends_connections_or_bends_the_clock() =>
        Assert.Empty(Product.Shipped.SelectMany(
            assembly => Dangerous.Where(word => Holds(assembly.Location, word)).Select(word => $"{assembly.GetName().Name}: {word}")));

    [Fact]
    public void The_check_finds_such_words_where_they_belong() =>
        Assert.Equal(Dangerous, Dangerous.Where(word => Holds(Product.Floors[^1].Location, word)));

    /// <summary>Among the texts of the code, or in an embedded file.</summary>
    private static bool Holds(string assembly, string word)
    {
        using var image = new PEReader(File.OpenRead(assembly));
        var metadata = image.GetMetadataReader();
        for (var text = MetadataTokens.UserStringHandle(1); !text.IsNil; text = metadata.GetNextHandle(text))
            if (metadata.GetUserString(text).Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        return File.ReadAllBytes(assembly).AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0;
    }
}

using ArchUnitNET.xUnit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace LStep.Architecture.Tests;

/// <summary>Who may know whom.</summary>
public sealed class WallTests
{
    public static TheoryData<int> Floors => [.. Enumerable.Range(0, Product.Floors.Count)];

    [Theory]
    [MemberData(nameof(Floors))]
    public void A_floor_sees_only_those_below_it(int floor)
    {
        var above = Product.Floors.Skip(floor + 1).Select(assembly => assembly.GetName().Name);
        Assert.Empty(Product.Floors[floor].GetReferencedAssemblies().Select(name => name.Name).Intersect(above));
    }

    [Theory]
    [InlineData("LStep.Domain")]
    [InlineData("LStep.Grains")]
    [InlineData("LStep.Api")]
    [InlineData("LStep.Silo")]
    [InlineData("LStep.Workbench")]
    public void The_rooms_of_a_floor_know_each_other_in_one_direction(string floor)
    {
        var rooms = Rooms.Of(floor);
        Assert.True(rooms.Count > 1);
        var circles = rooms.Circles();
        Assert.True(circles.Count == 0, string.Join('\n', circles));
    }

    [Fact]
    public void A_circle_is_found()
    {
        var rooms = new Rooms { ["a"] = { ["b"] = "a.A sees b.B" }, ["b"] = { ["c"] = "b.B sees c.C" }, [
            "c"] = { ["a"] = "c.C sees a.A" }, ["d"] = { ["a"] = "d.D sees a.A" } };
        Assert.Equal("a.A sees b.B, b.B sees c.C, c.C sees a.A", Assert.Single(rooms.Circles()));
    }

    [Fact]
    public void The_database_room_knows_no_other_room() =>
        Types().That().ResideInNamespaceMatching(@"^LStep\.Grains\.Database(\..*)?$")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^LStep\.Grains\.(?!Database).+"))
            .Check(Product.Whole);

    [Fact]
    public void Nobody_but_the_executable_knows_the_cluster_room() =>
        Types().That().ResideInNamespaceMatching(@"^LStep\.(Domain|Grains|Api)(\..*)?$").And()
            .DoNotResideInNamespaceMatching(@"^LStep\.Grains\.Cluster")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^LStep\.Grains\.Cluster"))
            .Check(Product.Whole);

    [Fact]
    public void Orleans_hosting_is_named_in_the_cluster_room_alone() =>
        Assert.Empty(Source.Under("src", ".cs")
            .Where(file => file.Text.Contains("Orleans.Hosting", StringComparison.Ordinal) && file.Folder != "src/Grains/Cluster")
            .Select(file => file.Path).Except(MayConfigureStorage));

    [Fact]
    public void A_customer_is_written_through_its_room_alone() =>
        Assert.Empty(Product.Whole.Classes.Where(type => type.Namespace.FullName.StartsWith("LStep.Api", StringComparison.Ordinal))
            .SelectMany(type => type.Dependencies).Select(dependency => dependency.Target.FullName)
            .Where(name => name.StartsWith("LStep.Grains.Customers.Journaling", StringComparison.Ordinal)).Distinct());

    /// <summary>The comparison with Orleans' own grain storage, which the product does not use.</summary>
    private static readonly string[] MayConfigureStorage = ["src/Workbench/Bench/Peers/StockStorage.cs"];
}

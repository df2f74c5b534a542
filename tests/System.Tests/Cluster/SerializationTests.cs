using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using LStep.System.Tests.Ingest;
using Orleans;

namespace LStep.System.Tests.Cluster;

/// <summary>
/// Between silos everything travels that a grain's contract can reach. Within one silo much is handed over as it is,
/// so only this test would notice a record or an exception that cannot be written to the wire.
/// </summary>
public sealed class SerializationTests
{
    private static readonly Type[] Plain = [typeof(string), typeof(decimal), typeof(DateTimeOffset), typeof(DateOnly)];
    private static readonly Assembly Contracts = typeof(ICustomerGrain).Assembly;

    public static TheoryData<string> Travelling => [.. Reachable().Select(type => type.FullName!)];

    [Fact]
    public void Every_grain_contract_and_every_call_has_a_lasting_name()
    {
        Assert.NotEmpty(Grains());
        Assert.All(Grains(), grain =>
        {
            Assert.NotNull(grain.GetCustomAttribute<AliasAttribute>());
            Assert.All(grain.GetMethods(), call => Assert.NotNull(call.GetCustomAttribute<AliasAttribute>()));
        });
    }

    [Fact]
    public void No_two_types_share_a_name() =>
        Assert.DoesNotContain(
            Contracts.GetTypes().Select(type => type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias).OfType<string>().Where(
            IsOurs).GroupBy(alias => alias), same => same.Count() > 1);

    [Fact]
    public void The_search_finds_records_within_records_and_exceptions()
    {
        var found = Reachable();
        Assert.All(
            new[] { typeof(Activity), typeof(ReceiptItem), typeof(ClauseView), typeof(MetricValue), typeof(OverloadedException), typeof(
                StorageUnavailableException) },
            type => Assert.Contains(type, found));
    }

    [Theory]
    [MemberData(nameof(Travelling))]
    public void What_travels_can_be_written_to_the_wire_and_read_by_the_next_version(string name)
    {
        var type = Contracts.GetType(name)!;
        Assert.NotNull(type.GetCustomAttribute<GenerateSerializerAttribute>());
        Assert.NotNull(type.GetCustomAttribute<AliasAttribute>());

        var members = Members(type).ToList();
        Assert.All(
            members, member => Assert.True(member.GetCustomAttribute<IdAttribute>() is not null, $"{name}.{member.Name} has no [Id]"));
        var ids = members.Select(member => member.GetCustomAttribute<IdAttribute>()!.Id).ToList();
        Assert.Equal(ids.Distinct().Count(), ids.Count);
    }

    /// <summary>Within a silo a value said to be immutable is handed over as it is: whoever changed it would change it for both.</summary>
    [Theory]
    [MemberData(nameof(Travelling))]
    public void What_travels_cannot_be_changed(string name)
    {
        var type = Contracts.GetType(name)!;
        if (typeof(Exception).IsAssignableFrom(type)) return;
        Assert.NotNull(type.GetCustomAttribute<ImmutableAttribute>());
        Assert.All(Members(type), member =>
        {
            Assert.Contains(typeof(IsExternalInit), member.SetMethod!.ReturnParameter.GetRequiredCustomModifiers());
            Assert.True(CannotBeChanged(member.PropertyType), $"{name}.{member.Name} is a {member.PropertyType}");
        });
    }

    [Fact]
    public void A_call_takes_and_answers_nothing_that_can_be_changed() =>
        Assert.All(Grains().SelectMany(grain => grain.GetMethods()), call =>
        {
            Assert.All(
                call.GetParameters(), parameter => Assert.True(CannotBeChanged(parameter.ParameterType), $"{call.Name}({parameter.Name})"));
            Assert.All(call.ReturnType.GetGenericArguments(), answer => Assert.True(CannotBeChanged(answer), call.Name));
        });

    private static bool CannotBeChanged(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || Plain.Contains(type)) return true;
        return type.Namespace == typeof(ImmutableArray).Namespace || Nullable.GetUnderlyingType(type) is not null
            ? type.GetGenericArguments().All(CannotBeChanged)
            : type.GetCustomAttribute<ImmutableAttribute>() is not null;
    }

    /// <summary>Generated code has names of its own.</summary>
    private static bool IsOurs(string alias) => alias.StartsWith("lstep.", StringComparison.Ordinal);

    private static IEnumerable<Type> Grains() =>
        Contracts.GetTypes().Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type));

    private static HashSet<Type> Reachable()
    {
        var called = Grains().SelectMany(grain => grain.GetMethods())
            .SelectMany(call => call.GetParameters().Select(parameter => parameter.ParameterType).Append(call.ReturnType));
        var (found, waiting) = (new HashSet<Type>(), new Queue<Type>(
            called.Concat(Contracts.GetTypes().Where(type => typeof(Exception).IsAssignableFrom(type)))));
        while (waiting.TryDequeue(out var type))
        {
            foreach (var argument in type.GetGenericArguments()) waiting.Enqueue(argument);
            if (type.HasElementType) waiting.Enqueue(type.GetElementType()!);
            // An enum travels as its number.
            if (type.Assembly != Contracts || type.IsEnum || !found.Add(type)) continue;
            foreach (var member in Members(type)) waiting.Enqueue(member.PropertyType);
        }
        return found;
    }

    /// <summary>What a value holds: its properties that can be set, in whatever way. Those of Exception travel by themselves.</summary>
    private static IEnumerable<PropertyInfo> Members(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.DeclaringType == type && property.CanWrite);
}

using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using LStep.Domain;
using LStep.Domain.Deciding;

namespace LStep.System.Tests.Database;

/// <summary>
/// Records in which no property is what it would be by itself, and no two are alike: what storing one of them loses or exchanges is seen
/// when it is read back. A property that is new is filled without anybody thinking of it.
/// </summary>
internal sealed class Filled
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<(Type, string), object> given = [];
    private int number = 10;

    /// <summary>Says what a property must be where not everything is allowed.</summary>
    public Filled With<T>(string property, object value)
    {
        given[(typeof(T), property)] = value;
        return this;
    }

    public T Of<T>() => (T)Value(typeof(T), typeof(T).Name);

    /// <summary>A record and all in it as text; what is only computed from the rest is left out.</summary>
    public static string Told(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        DateTimeOffset at => at.ToUniversalTime().ToString("O"),
        Condition condition => ConditionJson.Print(condition),
        IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(Told))}]",
        _ when IsPlain(value.GetType()) => value.ToString()!,
        _ => "{" + string.Join(
            ", ", Properties(value.GetType()).Select(property => $"{property.Name}: {Told(property.GetValue(value))}")) + "}",
    };

    /// <summary>Those that are stored: they can be set.</summary>
    public static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.CanRead && (property.CanWrite || type.IsGenericType && type.Name.StartsWith("KeyValuePair")));

    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(decimal) || type == typeof(Guid) || type == typeof(DateOnly);

    private object Value(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        number++;
        if (type == typeof(string)) return $"{name} {number}";
        if (type == typeof(DateTimeOffset)) return Begin.AddMinutes(number).AddMilliseconds(number);
        if (type == typeof(DateOnly)) return DateOnly.FromDateTime(Begin.DateTime).AddDays(number);
        if (type == typeof(decimal)) return number + 0.25m;
        if (type == typeof(Guid)) return new Guid(number, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10]);
        if (type == typeof(bool)) return true;
        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().Where(value => Convert.ToInt64(value) != 0)
            .ElementAt(number % (Enum.GetValues(type).Length - (Enum.IsDefined(type, Enum.ToObject(type, 0)) ? 1 : 0)));
        if (type.IsPrimitive) return Convert.ChangeType(number, type);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)) return List(type, name);
        if (type == typeof(ImmutableSortedDictionary<string, Stamp>))
            return Profile.Empty.Stamps.Add("a", Of<Stamp>()).Add("b", Of<Stamp>());
        return Record(type);
    }

    private object List(Type type, string name)
    {
        var element = type.GetGenericArguments()[0];
        var items = Array.CreateInstance(element, 2);
        for (var i = 0; i < items.Length; i++) items.SetValue(Value(element, name), i);
        return typeof(ImmutableArray).GetMethods()
            .Single(method => method.Name == "ToImmutableArray" && method.GetParameters() is [{ ParameterType.IsGenericType: true } only]
            && only.ParameterType.GetGenericTypeDefinition() == typeof(IEnumerable<>)).MakeGenericMethod(element).Invoke(null, [items])!;
    }

    private object Record(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        var record = constructor.Invoke(
            [.. constructor.GetParameters().Select(parameter => Property(type, type.GetProperty(parameter.Name!)!, byDefault: null))]);
        foreach (var property in Properties(type).Where(
            property => constructor.GetParameters().All(parameter => parameter.Name != property.Name)))
            property.SetValue(record, Property(type, property, property.GetValue(record)));
        return record;
    }

    private object Property(Type type, PropertyInfo property, object? byDefault) =>
        given.TryGetValue((type, property.Name), out var value) ? value : byDefault is true ? false
            : Value(property.PropertyType, property.Name);
}

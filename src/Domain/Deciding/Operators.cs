namespace LStep.Domain.Deciding;

/// <summary>The operators as rules write them, and what each turns into under a "not".</summary>
public static class Operators
{
    static readonly string[] Names = [">=", ">", "<=", "<", "==", "!=", "in", "not_in", "between", "contains"];

    /// <summary>In the order of <see cref="Operator"/>.</summary>
    public static IReadOnlyList<string> All => Names;

    public static string Name(this Operator op) => Names[(int)op];

    public static bool TryParse(string? name, out Operator op)
    {
        var at = Array.IndexOf(Names, name);
        op = (Operator)Math.Max(0, at);
        return at >= 0;
    }

    /// <summary>The name of the operator turned round; between and contains have no counterpart and say "not".</summary>
    public static string Name(this Operator op, bool turned) => !turned ? op.Name() : op switch
    {
        Operator.Between => "not between",
        Operator.Contains => "not contains",
        _ => op.Turned().Name(),
    };

    internal static Operator Turned(this Operator op) => op switch
    {
        Operator.AtLeast => Operator.LessThan,
        Operator.LessThan => Operator.AtLeast,
        Operator.MoreThan => Operator.AtMost,
        Operator.AtMost => Operator.MoreThan,
        Operator.Equal => Operator.NotEqual,
        Operator.NotEqual => Operator.Equal,
        Operator.In => Operator.NotIn,
        Operator.NotIn => Operator.In,
        _ => op,
    };
}

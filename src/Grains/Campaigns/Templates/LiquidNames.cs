using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace LStep.Grains.Campaigns.Templates;

/// <summary>Finds what a parsed template names that does not exist, before anybody is sent an empty place.</summary>
internal sealed class LiquidNames(Func<string, bool> hasFilter, VariableNames known) : AstVisitor
{
    private readonly Dictionary<string, VariableNames> own = new(StringComparer.Ordinal) { ["forloop"] = VariableNames.Loop };
    private readonly List<(string What, string Name)> found = [];

    /// <returns>What is wrong, as "variable" or "filter" and its name as written.</returns>
    public static IReadOnlyList<(string What, string Name)> Unknown(
        IFluidTemplate template, Func<string, bool> hasFilter, VariableNames known)
    {
        var visitor = new LiquidNames(hasFilter, known);
        visitor.VisitTemplate(template);
        return [.. visitor.found.Distinct()];
    }

    protected override Statement VisitForStatement(ForStatement forStatement)
    {
        Visit(forStatement.Source);
        Visit(forStatement.Limit);
        Visit(forStatement.Offset);
        var before = own.GetValueOrDefault(forStatement.Identifier);
        own[forStatement.Identifier] = (forStatement.Source is MemberExpression list ? Find(list)?.Item : null) ?? VariableNames.Free;
        foreach (var statement in forStatement.Statements) Visit(statement);
        if (before is null) own.Remove(forStatement.Identifier);
        else own[forStatement.Identifier] = before;
        if (forStatement.Else is not null) Visit(forStatement.Else);
        return forStatement;
    }

    protected override Statement VisitAssignStatement(AssignStatement assignStatement)
    {
        Visit(assignStatement.Value);
        own[assignStatement.Identifier] = VariableNames.Free;
        return assignStatement;
    }

    protected override Expression VisitFilterExpression(FilterExpression filterExpression)
    {
        if (!hasFilter(filterExpression.Name)) found.Add(("filter", filterExpression.Name));
        return base.VisitFilterExpression(filterExpression);
    }

    /// <summary>It would become a list of as many elements as somebody writes.</summary>
    protected override Expression VisitRangeExpression(RangeExpression rangeExpression)
    {
        found.Add(("range", ".."));
        return base.VisitRangeExpression(rangeExpression);
    }

    protected override Expression VisitMemberExpression(MemberExpression memberExpression)
    {
        if (Find(memberExpression) is null) found.Add(("variable", Written(memberExpression)));
        return base.VisitMemberExpression(memberExpression);
    }

    private VariableNames? Find(MemberExpression expression)
    {
        VariableNames? at = null;
        foreach (var (index, segment) in expression.Segments.Index())
        {
            at = segment switch
            {
                IdentifierSegment name when index == 0 =>
                    own.GetValueOrDefault(name.Identifier) ?? known.Member(name.Identifier),
                IdentifierSegment name => at!.Member(name.Identifier),
                IndexerSegment { Expression: LiteralExpression { Value: NumberValue } } => at!.Item,
                IndexerSegment { Expression: LiteralExpression literal } => at!.Member(literal.Value.ToStringValue()),
                _ => at == VariableNames.Free ? at : null,
            };
            if (at is null) return null;
        }
        return at;
    }

    private static string Written(MemberExpression expression) =>
        string.Join('.', expression.Segments.Select(segment => segment is IdentifierSegment name ? name.Identifier : "[]")).Replace(
            ".[]", "[", StringComparison.Ordinal);
}

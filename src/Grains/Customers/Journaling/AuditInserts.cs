using System.Text.Json;
using LStep.Domain;
using NpgsqlTypes;

namespace LStep.Grains.Customers.Journaling;

internal sealed class AuditInserts : ArrayStatement
{
    private readonly List<string?> who, key, action, target, before, after, reason;

    public AuditInserts() : base("commit_audit")
    {
        (who, key, action, target) = (Texts(), Texts(), Texts(), Texts());
        (before, after, reason) = (Column<string?>(NpgsqlDbType.Jsonb), Column<string?>(NpgsqlDbType.Jsonb), Texts());
    }

    public void Add(Step step)
    {
        if (step.Audit is not { } audit) return;
        who.Add(audit.By.Name);
        key.Add(audit.By.KeyId);
        action.Add(audit.Action);
        target.Add(audit.Target);
        before.Add(Json(audit.Before, step.At));
        after.Add(Json(audit.After, step.At));
        reason.Add(audit.Reason);
    }

    /// <summary>
    /// With the instant of the act: the log's own times are the database's, also where the product lives on a simulated clock.
    /// </summary>
    private static string Json(AuditedTag value, DateTimeOffset at) => JsonSerializer.Serialize(
        new { value.CustomerId, Tag = value.Tag.Code(), value.TagSince, value.LockedUntil, at }, JsonSerializerOptions.Web);
}

namespace LStep.System.Tests.Database;

/// <summary>What others read past the product: tables and columns of the contract.</summary>
public sealed class SchemaTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData("customers", "customer_id")]
    [InlineData("customer_states", "customer_id,version,tag,tag_since")]
    [InlineData("activities", "customer_id,received_at")]
    [InlineData(
        "daily_learning_metrics",
        "customer_id,date,sessions_count,total_session_minutes,pages_viewed,features_used,lessons_completed,assessments_taken,"
            + "assessment_avg_score,modules_completed,forum_posts,comments_made,questions_asked,answers_given,engagement_score,"
            + "progress_score,community_score,overall_health_score,score_trend,risk_indicators")]
    [InlineData("status_tags", "code,display_name,category")]
    [InlineData(
        "customer_status_assignments", "customer_id,previous_tag,reason,confidence,assigned_by,automation_metadata,is_current,valid_until")]
    [InlineData("status_transition_rules", "conditions,priority")]
    [InlineData("rule_set_versions", "version,author")]
    [InlineData("decisions", "customer_id")]
    [InlineData("reviews", "customer_id,status")]
    [InlineData("evaluation_batches", "id")]
    [InlineData("calibrations", "")]
    [InlineData("tokens", "")]
    [InlineData("flags", "name,value")]
    [InlineData("rejected_events", "id,received_at,code,message,message_id,customer_id")]
    [InlineData("audit_log", "")]
    public async Task A_table_of_the_contract_has_its_columns(string table, string columns)
    {
        await using var command = postgres.Database.Source.CreateCommand(
            "SELECT coalesce(string_agg(column_name, ','), '') FROM information_schema.columns WHERE table_name = $1 AND table_schema = "
                + "current_schema()");
        command.Parameters.Add(new() { Value = table });
        var there = ((string)(await command.ExecuteScalarAsync())!).Split(',');
        Assert.NotEqual([""], there);
        Assert.Empty(columns.Split(',', StringSplitOptions.RemoveEmptyEntries).Except(there));
    }

    [Fact]
    public async Task Tags_have_the_categories_of_the_contract()
    {
        await using var command = postgres.Database.Source.CreateCommand("SELECT string_agg(category, ' ' ORDER BY code) FROM status_tags");
        Assert.Equal("learning learning learning risk risk churned", await command.ExecuteScalarAsync());
    }
}

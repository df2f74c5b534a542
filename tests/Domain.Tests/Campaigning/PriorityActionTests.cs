using LStep.Domain.Campaigning;
using LStep.Domain.Deciding;

namespace LStep.Domain.Tests.Campaigning;

public sealed class PriorityActionTests
{
    private static readonly CampaignSet Set = DefaultCampaigns.Version1(DateTimeOffset.UnixEpoch);
    private static readonly string?[] Products = ["PT_001", "PT_002", "PT_003", null];

    [Fact]
    public void The_contract_s_five_campaigns_stand_where_they_are_for()
    {
        var cells = StatusTags.All.SelectMany(tag => Products.Select(product => (Tag: tag, Product: product)))
            .Select(cell => (cell, Action: PriorityActions.Of(Set, cell.Product, cell.Tag))).Where(one => one.Action is not null)
            .Select(one => $"{one.cell.Product} {one.cell.Tag.Code()} {one.Action!.Text}");

        Assert.Equal(
            [
                "PT_001 ST_001 Standard nurturing: email, after 3 d, 3 steps",
                "PT_003 ST_002 Upgrade nurturing: email, after 2 d, 3 steps",
                "PT_002 ST_003 Expansion and advocacy: task, after 1 d",
                "PT_001 ST_004 Immediate CSM intervention: task, at once",
                "PT_002 ST_004 Immediate CSM intervention: task, at once",
                "PT_003 ST_006 Value demonstration: email, after 14 d",
            ],
            cells);
    }

    [Fact]
    public void A_changed_set_changes_them()
    {
        var changed = Set with
        {
            Campaigns = [.. Set.Campaigns.Select(one => one.Name switch
            {
                "upgrade_nurturing" => one with { Active = false },
                "value_demonstration" => one with { Audience = Read("""{"not":{"product_tag":"PT_003"}}""") },
                "standard_nurturing" => one with { Audience = Read("""{"product_tag":"PT_002","ltv_value":{"operator":">=","value":9}}""") },
                _ => one,
            })],
        };

        Assert.Null(PriorityActions.Of(changed, "PT_003", StatusTag.Progressing));
        Assert.Null(PriorityActions.Of(changed, "PT_003", StatusTag.Churned));
        Assert.Equal("value_demonstration", PriorityActions.Of(changed, "PT_001", StatusTag.Churned)?.Campaign);
        Assert.Null(PriorityActions.Of(changed, "PT_001", StatusTag.Active));
        Assert.Equal("standard_nurturing", PriorityActions.Of(changed, "PT_002", StatusTag.Active)?.Campaign);
    }

    private static Condition Read(string json) =>
        Assert.IsType<Parsed<Condition>.Ok>(ConditionJson.Parse(json)).Value;
}

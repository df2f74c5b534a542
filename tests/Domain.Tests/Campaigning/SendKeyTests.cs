using LStep.Domain.Campaigning;

namespace LStep.Domain.Tests.Campaigning;

public class SendKeyTests
{
    [Fact]
    public void What_an_action_is_gives_its_key_and_every_part_of_it_counts()
    {
        Guid[] keys =
        [
            SendKeys.Of("ada", CauseKind.Transition, 1, "a", 1), SendKeys.Of("bo", CauseKind.Transition, 1, "a", 1),
            SendKeys.Of("ada", CauseKind.HighValueReview, 1, "a", 1), SendKeys.Of("ada", CauseKind.Transition, 2, "a", 1),
            SendKeys.Of("ada", CauseKind.Transition, 1, "b", 1), SendKeys.Of("ada", CauseKind.Transition, 1, "a", 2),
            SendKeys.Of("ada", CauseKind.Transition, 11, "a", 2), SendKeys.Of("ada", CauseKind.Transition, 1, "a", 12),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys[0], SendKeys.Of("ada", CauseKind.Transition, 1, "a", 1));
        Assert.All(keys, key => Assert.Equal((8, 0b10), (key.Version, key.Variant >> 2)));
    }
}

using System.Text;
using LStep.Api.Ingest;

namespace LStep.System.Tests.Ingest;

public class ParserMutationTests
{
    /// <summary>
    /// Whatever is done to a valid body, each of its events is taken or refused, or the whole is refused: nothing else is thrown.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_mutation_of_a_valid_batch_breaks_the_parser(int seed)
    {
        var mutations = new Mutations(seed);
        var refusedWhole = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var body = mutations.Next();
            try
            {
                foreach (var parsed in Posted.Batch(body))
                    Assert.True(
                        parsed.Activity is null != parsed.Refusal is null, $"seed {seed}, round {i}: {Encoding.UTF8.GetString(body)}");
            }
            catch (MalformedBodyException)
            {
                refusedWhole++;
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}, round {i}: {e}\n{Encoding.UTF8.GetString(body)}");
            }
        }
        Assert.InRange(refusedWhole, 1_000, 9_500);
    }
}

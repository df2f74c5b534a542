using FsCheck;
using FsCheck.Fluent;
using LStep.Domain.Deciding;
using Microsoft.FSharp.Core;

namespace LStep.Domain.Tests;

/// <summary>Property tests that run the same cases every time. LSTEP_SEED draws others; a failure prints what it was drawn from.</summary>
static class Seeded
{
    static readonly ulong Seed = ulong.TryParse(Environment.GetEnvironmentVariable("LSTEP_SEED"), out var seed) ? seed : 20_260_102;

    public static void Holds<T>(Gen<T> cases, Action<T> holds, int count = 300, Func<T, IEnumerable<T>>? shrink = null)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(count)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed), FSharpOption<int>.None)));
        Check.One(config, Prop.ForAll(Arb.ToArbitrary(cases, shrink ?? (_ => [])), (Action<T>)(one =>
        {
            try
            {
                holds(one);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"LSTEP_SEED={Seed}: {failure.Message}", failure);
            }
        })));
    }
}

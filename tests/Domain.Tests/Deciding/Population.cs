using System.Collections.Immutable;

namespace LStep.Domain.Tests.Deciding;

/// <summary>What happens to one customer at one minute: activities, or something a person did.</summary>
sealed record Happening(DateTimeOffset At, ImmutableArray<Activity> Activities, Func<CustomerState, CustomerState>? Person = null);

/// <summary>An invented, seeded customer: who it is and everything that happens to it in 60 days, at whole minutes.</summary>
sealed record Invented(string Id, ImmutableArray<Happening> Life)
{
    public const int Days = 60;
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public static Invented Of(int seed)
    {
        var chance = new Chance((ulong)seed * 7919 + 17);
        var id = $"invented-{seed}";
        var life = new List<Happening>();
        var number = 0;
        Activity Make(ActivityType type, DateTimeOffset at, decimal? score = null, string properties = "{}", bool import = false,
            bool final = false, decimal? completion = null) => new()
        {
            MessageId = $"{id}-{++number}", Type = type, OccurredAt = at, ReceivedAt = at, Score = score, Properties = properties,
            Final = final, CurriculumCompletion = completion, Origin = import ? ActivityOrigin.Import : ActivityOrigin.Live,
            Subject = $"f{chance.Below(9)}",
        };

        var born = Start.AddMinutes(chance.Below(3 * 1440));
        var tier = chance.Pick("Freemium", "Freemium", "Pro", "Pro", "Enterprise", "None");
        var enrolled = chance.Below(3) == 0 ? born.AddDays(-chance.Below(60)) : born.AddMinutes(chance.Below(4000));
        var identify = $$"""{"tier":"{{tier}}","ltv":{{chance.Pick("0", "1200", "8000")}},"enrolledAt":"{{enrolled:O}}"}""";
        life.Add(new Happening(born, [Make(ActivityType.Identify, born, properties: identify)]));

        // Phases of regular learning, fading and silence follow each other.
        for (var at = born.AddMinutes(chance.Below(2000)); at < Start.AddDays(Days);)
        {
            var (gap, sessions, strength) = (chance.Pick(400, 1440, 2880, 10080), 1 + chance.Below(12), chance.Below(4));
            for (var session = 0; session < sessions; session++, at = at.AddMinutes(1 + chance.Below(2 * gap)))
            {
                var done = ImmutableArray.CreateBuilder<Activity>();
                var import = chance.Below(25) == 0;
                done.Add(Make(ActivityType.Login, at, import: import));
                for (var i = chance.Below(1 + 3 * strength); i > 0; i--) done.Add(Make(ActivityType.FeatureUse, at, import: import));
                if (chance.Below(4) < strength) done.Add(Make(ActivityType.LessonCompleted, at, import: import));
                if (chance.Below(5) < strength)
                    done.Add(Make(ActivityType.AssessmentTaken, at, 30 + chance.Below(71), final: chance.Below(3) == 0, import: import));
                if (chance.Below(6) < strength)
                    done.Add(Make(ActivityType.ModuleCompleted, at, completion: chance.Below(101), import: import));
                if (chance.Below(6) < strength) done.Add(Make(ActivityType.Answer, at, import: import));
                if (chance.Below(15) == 0) done.Add(Make(ActivityType.PaymentFailed, at, import: import));
                if (chance.Below(20) == 0) done.Add(Make(ActivityType.NpsResponse, at, chance.Below(11), import: import));
                life.Add(new Happening(at, done.ToImmutable()));
                if (chance.Below(20) == 0) life.Add(Person(ref chance, at.AddMinutes(chance.Below(3000))));
            }
            at = at.AddMinutes(chance.Below(chance.Pick(3000, 12 * 1440, 45 * 1440)));
        }
        return new Invented(id, [.. life.Where(one => one.At < Start.AddDays(Days)).OrderBy(one => one.At)]);
    }

    static Happening Person(ref Chance chance, DateTimeOffset at)
    {
        var (days, minutes, to) = (chance.Below(9), chance.Below(1440), StatusTags.All[chance.Below(6)]);
        var until = at.AddDays(days).AddMinutes(minutes + 1);
        Func<Governance, Governance> change = chance.Below(3) switch
        {
            0 => governance => governance with { LockedUntil = until },
            1 => governance => governance with { ManualUntil = at.AddDays(7) },
            _ => governance =>
                governance with { Silences = [.. StatusTags.All.Where(from => from != to).Select(from => new Silence(from, to, until))] },
        };
        return new Happening(at, [], state => state with { Version = state.Version + 1, Governance = change(state.Governance) });
    }
}

/// <summary>Chance from a seed: splitmix64.</summary>
struct Chance(ulong seed)
{
    ulong state = seed;

    public int Below(int bound)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return bound <= 0 ? 0 : (int)((z ^ (z >> 31)) % (ulong)bound);
    }

    public T Pick<T>(params ReadOnlySpan<T> from) => from[Below(from.Length)];
}

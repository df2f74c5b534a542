using LStep.Domain;
using LStep.Domain.Packing;
using NpgsqlTypes;

namespace LStep.Grains.Customers.Journaling;

internal sealed class CustomerUpserts : ArrayStatement
{
    private readonly List<string?> id, email, name, tier, timezone, locale, traits;
    private readonly List<decimal?> ltv;
    private readonly List<DateTimeOffset?> enrolled, enrolledTrait, startsTrait, created;
    private readonly List<bool> consentEmail, consentPush, consentInApp;
    private readonly List<byte[]> stamps;

    public CustomerUpserts() : base("commit_customers")
    {
        (id, email, name, tier, ltv) = (Texts(), Texts(), Texts(), Texts(), Decimals());
        (enrolled, enrolledTrait, startsTrait) = (Instants(), Instants(), Instants());
        (timezone, locale) = (Texts(), Texts());
        (consentEmail, consentPush, consentInApp) = (Booleans(), Booleans(), Booleans());
        (traits, stamps, created) = (Column<string?>(NpgsqlDbType.Json), Column<byte[]>(NpgsqlDbType.Bytea), Instants());
    }

    public void Add(Step step)
    {
        var (after, profile) = (step.After, step.After.Profile);
        id.Add(after.CustomerId);
        email.Add(profile.Email);
        name.Add(profile.Name);
        tier.Add(profile.Tier?.ToString());
        ltv.Add(profile.LtvValue);
        enrolled.Add(profile.EnrolledAtTrait ?? after.Lifetime.FirstEventAt ?? step.At);
        enrolledTrait.Add(profile.EnrolledAtTrait);
        startsTrait.Add(profile.StartsAtTrait);
        timezone.Add(profile.Timezone);
        locale.Add(profile.Locale);
        consentEmail.Add(profile.ConsentEmail);
        consentPush.Add(profile.ConsentPush);
        consentInApp.Add(profile.ConsentInApp);
        traits.Add(StoredProfile.TraitsJson(profile.Traits));
        stamps.Add(StatePacking.PackStamps(profile.Stamps));
        created.Add(step.At);
    }
}

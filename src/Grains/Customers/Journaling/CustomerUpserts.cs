using LStep.Domain;
using LStep.Domain.Packing;
using NpgsqlTypes;

namespace LStep.Grains.Customers.Journaling;

internal sealed class CustomerUpserts : ArrayStatement
{
    private readonly List<string?> _id, _email, _name, _tier, _timezone, _locale, _traits;
    private readonly List<decimal?> _ltv;
    private readonly List<DateTimeOffset?> _enrolled, _enrolledTrait, _startsTrait, _created;
    private readonly List<bool> _consentEmail, _consentPush, _consentInApp;
    private readonly List<byte[]> _stamps;

    public CustomerUpserts() : base("commit_customers")
    {
        (_id, _email, _name, _tier, _ltv) = (Texts(), Texts(), Texts(), Texts(), Decimals());
        (_enrolled, _enrolledTrait, _startsTrait) = (Instants(), Instants(), Instants());
        (_timezone, _locale) = (Texts(), Texts());
        (_consentEmail, _consentPush, _consentInApp) = (Booleans(), Booleans(), Booleans());
        (_traits, _stamps, _created) = (Column<string?>(NpgsqlDbType.Json), Column<byte[]>(NpgsqlDbType.Bytea), Instants());
    }

    public void Add(Step step)
    {
        var (after, profile) = (step.After, step.After.Profile);
        _id.Add(after.CustomerId);
        _email.Add(profile.Email);
        _name.Add(profile.Name);
        _tier.Add(profile.Tier?.ToString());
        _ltv.Add(profile.LtvValue);
        _enrolled.Add(profile.EnrolledAtTrait ?? after.Lifetime.FirstEventAt ?? step.At);
        _enrolledTrait.Add(profile.EnrolledAtTrait);
        _startsTrait.Add(profile.StartsAtTrait);
        _timezone.Add(profile.Timezone);
        _locale.Add(profile.Locale);
        _consentEmail.Add(profile.ConsentEmail);
        _consentPush.Add(profile.ConsentPush);
        _consentInApp.Add(profile.ConsentInApp);
        _traits.Add(StoredProfile.TraitsJson(profile.Traits));
        _stamps.Add(StatePacking.PackStamps(profile.Stamps));
        _created.Add(step.At);
    }
}

using System.Security.Claims;
using LStep.Api.Auth.Oidc;
using LStep.Grains.People;
using LStep.Silo.Verbs;

namespace LStep.System.Tests.Auth.Oidc;

/// <summary>What the claims of a provider make here, and what a setting may say about them.</summary>
public sealed class ProviderClaimsTests
{
    [Theory]
    // claim, its values, the setting's claim, the setting's map, the role
    [InlineData("roles", "viewer|admin|success", "roles", null, Role.Admin)]
    [InlineData("roles", "viewer", "roles", null, Role.Viewer)]
    [InlineData("roles", "Admin|ingest|administrator", "roles", null, null)]
    [InlineData("roles", "admin", "groups", null, null)]
    [InlineData("groups", "/lstep/team|/staff", "groups", "/lstep/team=success,/lstep/boss=admin", Role.Success)]
    [InlineData("groups", "admin", "groups", "boss=admin", null)]
    [InlineData("groups", "cn=lstep,ou=school", "groups", "cn=lstep,ou=school=admin;cn=other=viewer", Role.Admin)]
    [InlineData("roles", """["viewer","success"]""", "roles", null, Role.Success)]
    [InlineData("realm_access", """{"roles":["offline_access","admin"]}""", "realm_access.roles", null, Role.Admin)]
    [InlineData("resource_access", """{"my.client":{"roles":["viewer"]},"other":{"roles":["admin"]}}""",
        "resource_access.my.client.roles", null, Role.Viewer)]
    [InlineData("https://school.example/roles", "admin", "https://school.example/roles", null, Role.Admin)]
    [InlineData("realm_access", """{"roles":"admin"}""", "realm_access.roles", null, Role.Admin)]
    [InlineData("realm_access", """{"roles":{"admin":true}}""", "realm_access.roles", null, null)]
    [InlineData("realm_access", """{"roles":["admin" """, "realm_access.roles", null, null)]
    [InlineData("email", "ada@school.example", "email", "ada@school.example=admin", null)]
    public void A_claim_makes_the_greatest_role_that_it_names(string claim, string values, string setting, string? map, Role? role)
    {
        var who = new ClaimsPrincipal(new ClaimsIdentity(values.Split('|').Select(value => new Claim(claim, value))));
        Assert.Equal(role, who.RoleOf(Settings(("ROLE_CLAIM", setting), ("ROLE_MAP", map))!));
    }

    [Theory]
    [InlineData("true", Role.Admin)]
    [InlineData("false", null)]
    public void An_address_counts_once_the_provider_has_verified_it(string verified, Role? role)
    {
        var who = new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim("email", "ada@school.example"), new Claim("email_verified", verified)]));
        Assert.Equal(role, who.RoleOf(Settings(("ROLE_CLAIM", "email"), ("ROLE_MAP", "ada@school.example=admin"))!));
    }

    [Theory]
    [InlineData("Ada Lovelace", "Ada Lovelace")]
    [InlineData("  Ada\r\n\u0000 L. ", "Ada L.")]
    [InlineData("", "ada@school.example")]
    public void A_name_is_one_line(string name, string told)
    {
        var who = new ClaimsPrincipal(new ClaimsIdentity([new Claim("name", name), new Claim("email", "ada@school.example")]));
        Assert.Equal(told, who.NameOf());
        var longest = new ClaimsPrincipal(new ClaimsIdentity([new Claim("name", new string('n', 5_000))]));
        Assert.Equal(Tokens.NameCharsMax, longest.NameOf().Length);
    }

    [Theory]
    [InlineData("AUTHORITY", "http://id.school.example", "LSTEP_OIDC_AUTHORITY")]
    [InlineData("AUTHORITY", "id.school.example", "LSTEP_OIDC_AUTHORITY")]
    [InlineData("AUTHORITY", "https://user:password@id.school.example", "LSTEP_OIDC_AUTHORITY")]
    [InlineData("AUTHORITY", null, "LSTEP_OIDC_CLIENT_ID is set")]
    [InlineData("CLIENT_ID", null, "LSTEP_OIDC_AUTHORITY is set")]
    [InlineData("ROLE_MAP", "team=ingest", "'team=ingest'")]
    [InlineData("ROLE_MAP", "team", "'team'")]
    [InlineData("ROLE_MAP", "=admin", "'=admin'")]
    [InlineData("ROLE_MAP", ",", "names no role")]
    public void A_setting_that_cannot_be_meant_is_named_without_a_password_in_it(string name, string? value, string told)
    {
        var message = Assert.Throws<WrongUsageException>(() => Settings((name, value))).Message;
        Assert.Contains(told, message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_settings_there_is_no_provider() => Assert.Null(ProviderVariables.Read(_ => null, Wall.Clock));

    private static ProviderSettings? Settings(params (string Name, string? Value)[] given)
    {
        var variables = new Dictionary<string, string?>
        {
            ["AUTHORITY"] = "https://id.school.example/realms/school", ["CLIENT_ID"] = "lstep",
        };
        foreach (var (name, value) in given) variables[name] = value;
        return ProviderVariables.Read(name => variables.GetValueOrDefault(name["LSTEP_OIDC_".Length..]), Wall.Clock);
    }
}

using System.Text;
using LStep.Api.Hooks;
using LStep.Grains.Campaigns.Templates;
using Microsoft.AspNetCore.Http;

namespace LStep.System.Tests.Hooks;

/// <summary>Schemes of signatures against values that others have computed.</summary>
public sealed class SignatureTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    /// <summary>The example of the Standard Webhooks specification.</summary>
    [Theory]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", SignatureVerdict.Good)]
    [InlineData("v1a,AAAA v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", SignatureVerdict.Good)]
    [InlineData("v1,h0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", SignatureVerdict.Wrong)]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", SignatureVerdict.Missing)]
    public void The_standards_own_example(string signature, SignatureVerdict verdict)
    {
        var source = Source(HookHost.Standard, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        Assert.Equal(verdict, source.Verify(Delivery("""{"test": 2432232314}""", null,
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"), ("webhook-timestamp", "1614265330"), ("webhook-signature", signature)), At));
    }

    /// <summary>Test case 7 of RFC 4231.</summary>
    [Theory]
    [InlineData("hmac-sha256", "hex", "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2")]
    [InlineData("hmac-sha512", "hex",
        "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58")]
    public void The_example_of_the_RFC_of_HMAC(string scheme, string encoding, string signature)
    {
        const string Data = "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be "
            + "hashed before being used by the HMAC algorithm.";
        var key = Convert.ToBase64String(Enumerable.Repeat((byte)0xAA, 131).ToArray());
        var source = Source($"---\nsignature: {scheme}\nencoding: {encoding}\nheader: X\nsecret: base64\n---\n", key);
        Assert.Equal(SignatureVerdict.Good, source.Verify(Delivery(Data, null, ("X", signature)), At));
        Assert.Equal(SignatureVerdict.Good, source.Verify(Delivery(Data, null, ("x", signature.ToUpperInvariant())), At));
        Assert.Equal(SignatureVerdict.Wrong, source.Verify(Delivery(Data + ".", null, ("X", signature)), At));
        Assert.Equal(SignatureVerdict.Missing, source.Verify(Delivery(Data, null, ("X", signature + "zz")), At));
        Assert.Equal(SignatureVerdict.Missing, source.Verify(Delivery(Data, null), At));
    }

    [Fact]
    public void A_token_comes_in_the_address_or_in_a_header_as_the_mapping_says()
    {
        var (inAddress, inHeader) = (Source("---\nsignature: token\n---\n", HookHost.Secret),
            Source("---\nsignature: token\nheader: X\n---\n", HookHost.Secret));
        Assert.Equal(SignatureVerdict.Good, inAddress.Verify(Delivery("", HookHost.Secret), At));
        Assert.Equal(SignatureVerdict.Good, inHeader.Verify(Delivery("", null, ("X", HookHost.Secret)), At));
        Assert.Equal(SignatureVerdict.Missing, inHeader.Verify(Delivery("", HookHost.Secret), At));
        Assert.Equal(SignatureVerdict.Wrong, inAddress.Verify(Delivery("", HookHost.Secret + "x"), At));
    }

    [Fact]
    public void Of_two_secrets_either_is_right_while_one_is_replaced()
    {
        var source = HookSource.Read(
            "own", TemplateFile.Parse("own.liquid", "---\nsignature: token\n---\n"), [HookHost.Secret, "the-next-secret-0123"], Wall.Clock);
        Assert.Equal(SignatureVerdict.Good, source.Verify(Delivery("", HookHost.Secret), At));
        Assert.Equal(SignatureVerdict.Good, source.Verify(Delivery("", "the-next-secret-0123"), At));
    }

    private static HookSource Source(string mapping, string secret) =>
        HookSource.Read("own", TemplateFile.Parse("own.liquid", mapping), [secret], Wall.Clock);

    private static HookDelivery Delivery(string body, string? token, params (string Name, string Value)[] headers)
    {
        var all = new HeaderDictionary();
        foreach (var (name, value) in headers) all[name] = value;
        return new HookDelivery(all, token, Encoding.UTF8.GetBytes(body));
    }
}

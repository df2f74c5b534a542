using System.Security.Cryptography;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Smtp;

namespace LStep.Campaigns.Tests.Channels.Smtp;

public sealed class SmtpSettingsTests
{
    [Theory]
    [InlineData("smtp://mail.example", "mail.example", 25, false, null, null)]
    [InlineData("smtp://u:p@mail.example", "mail.example", 587, false, "u", "p")]
    [InlineData("smtps://u:p@mail.example", "mail.example", 465, true, "u", "p")]
    [InlineData("smtp://me%40school.example:p%2F%23%20%3A@mail.example:2525/", "mail.example", 2525, false, "me@school.example", "p/# :")]
    [InlineData("smtp://[::1]:25", "::1", 25, false, null, null)]
    public void The_server_is_read_from_its_address(string url, string host, int port, bool tls, string? user, string? password)
    {
        var options = SmtpOptions.Read(Given.Settings((SmtpOptions.UrlName, url), (SmtpOptions.FromName, "学校 <hello@school.example>")))!;
        Assert.Equal((host, port, tls, user, password), (options.Host, options.Port, options.ImplicitTls, options.User, options.Password));
        Assert.Equal(("学校", "hello@school.example"), (options.From.Name, options.From.Address));
        Assert.Equal($"smtp to {host}:{port}", options.ToString());
    }

    [Theory]
    [InlineData("mail.example:25")]
    [InlineData("http://mail.example")]
    [InlineData("smtp://")]
    [InlineData("smtp://user@mail.example")]
    [InlineData("smtp://:hunter2@mail.example")]
    [InlineData("smtp://user:hunter2@mail.example/path")]
    [InlineData("smtp://user:hunter2@mail.example:99999")]
    [InlineData("smtp://user:hunter2#@mail.example")]
    public void A_wrong_address_is_told_without_its_password(string url)
    {
        var wrong = Assert.Throws<ChannelSettingException>(
            () => SmtpOptions.Read(Given.Settings((SmtpOptions.UrlName, url), (SmtpOptions.FromName, "hello@school.example"))));
        Assert.Contains(SmtpOptions.UrlName, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("School")]
    [InlineData("a@b@c")]
    public void A_server_without_a_sender_is_told(string? from)
    {
        var settings = Given.Settings((SmtpOptions.UrlName, "smtp://mail.example"), (SmtpOptions.FromName, from!));
        Assert.Contains(SmtpOptions.FromName, Assert.Throws<ChannelSettingException>(() => SmtpOptions.Read(settings)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_needs_its_three_settings_and_a_private_key()
    {
        using var rsa = RSA.Create(2048);
        var good = Written(rsa.ExportPkcs8PrivateKeyPem());
        Assert.Equal("k1._domainkey.school.example", Read(good)!.ToString());
        foreach (var pem in new[] { rsa.ExportSubjectPublicKeyInfoPem(), "no key at all" })
            Assert.Contains(DkimKey.FileName, Assert.Throws<ChannelSettingException>(() => Read(Written(pem))).Message,
                StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<ChannelSettingException>(() => Read("/nowhere/dkim.pem")).Message,
            StringComparison.Ordinal);
        Assert.Throws<ChannelSettingException>(() => DkimKey.Read(Given.Settings((DkimKey.DomainName, "school.example"))));
        Assert.Null(DkimKey.Read(Given.Settings()));

        static DkimKey? Read(string file) => DkimKey.Read(Given.Settings(
            (DkimKey.DomainName, "school.example"), (DkimKey.SelectorName, "k1"), (DkimKey.FileName, file)));
    }

    private static string Written(string text)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, text);
        return path;
    }
}

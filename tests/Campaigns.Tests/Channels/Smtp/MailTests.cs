using System.Security.Cryptography;
using System.Text;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Smtp;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.OpenSsl;

namespace LStep.Campaigns.Tests.Channels.Smtp;

/// <summary>What a mail is made of, whoever wrote its parts.</summary>
public sealed class MailTests
{
    private static readonly MailboxAddress From = new("School", "hello@school.example");

    [Theory]
    [InlineData("Hello\r\nBcc: victim@example.com")]
    [InlineData("Hello\nBcc: victim@example.com")]
    [InlineData("Hello\r\n\r\n<script>")]
    [InlineData("Hello\u2028Bcc: victim@example.com")]
    [InlineData("Hello\u0000\u000b\u0085Bcc: victim@example.com")]
    public void A_line_end_in_a_subject_or_a_name_begins_no_header(string hostile)
    {
        var message = Given.Message(Channel.Email, new Recipient("hanako@learner.example", hostile), new MessageContent(
            hostile, "text", Attachments:
                [new Attachment(hostile, hostile, [1]), new Attachment("a\".txt", "text/plain\r\nX-Bad: 1", [1])]));
        var mail = Read(Mail.Compose(message, From, null));
        Assert.DoesNotContain(mail.Subject!, letter => char.IsControl(letter) || letter == '\u2028');
        Assert.Empty(mail.Bcc);
        Assert.Equal("hanako@learner.example", Assert.Single(mail.To.Mailboxes).Address);
        Assert.DoesNotContain(mail.BodyParts.SelectMany(part => part.Headers), header => header.Field is "Bcc" or "X-Bad");
        Assert.Equal(["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To"],
            mail.Headers.Concat(mail.Body!.Headers).Select(header => header.Field).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Answers_go_where_they_are_wanted()
    {
        var mail = Read(Mail.Compose(
            Given.Message(Channel.Email, new Recipient("hanako@learner.example")), From, null,
            new MailboxAddress("Team", "team@school.example")));
        Assert.Equal("team@school.example", Assert.Single(mail.ReplyTo.Mailboxes).Address);
        Assert.Empty(Read(Mail.Compose(Given.Message(Channel.Email, new Recipient("hanako@learner.example")), From, null)).ReplyTo);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("hanako")]
    [InlineData("a@b@learner.example")]
    [InlineData("a@learner.example>\r\nRCPT TO:<victim@example.com")]
    [InlineData("a@learner.example, victim@example.com")]
    [InlineData("Hanako <a@learner.example>")]
    [InlineData("a@[169.254.169.254]")]
    [InlineData("a@learner .example")]
    [InlineData("a@-learner.example")]
    [InlineData("@learner.example")]
    [InlineData("a@")]
    [InlineData("a\u0000@learner.example")]
    public void What_is_no_address_is_sent_to_nobody(string? address) =>
        Assert.Throws<UnsendableException>(() => Mail.Compose(Given.Message(Channel.Email, new Recipient(address)), From, null));

    [Theory]
    [InlineData("o'brien+courses@learner.example")]
    [InlineData("two..dots.@mobile.example")]
    [InlineData("a@sub.learner.example")]
    public void Unusual_addresses_that_exist_are_taken(string address) =>
        Assert.Equal(address, Read(Mail.Compose(Given.Message(Channel.Email, new Recipient(address)), From, null))
            .To.Mailboxes.Single().Address.Replace("\"", "", StringComparison.Ordinal));

    [Fact]
    public void A_mail_without_a_text_or_with_too_much_is_not_made()
    {
        Assert.Throws<UnsendableException>(() => Made(new MessageContent("s")));
        Assert.Throws<UnsendableException>(() => Made(new MessageContent("s", new string('x', Mail.BodyCharsMax + 1))));
        Assert.Throws<UnsendableException>(() => Made(new MessageContent("s", "t", Attachments:
            [new Attachment("a", "image/png", new byte[Mail.AttachmentBytesMax + 1])])));
        Assert.Throws<UnsendableException>(() => Made(new MessageContent("s", "t", "<img>", Attachments:
            [new Attachment("a", "image/png", [1], "x>\r\nX-Bad: 1")])));
    }

    [Fact]
    public void A_signed_mail_is_recognised_and_a_changed_one_is_not()
    {
        using var rsa = RSA.Create(2048);
        var message = Given.Message(Channel.Email, content: new MessageContent("件名", "本文 " + new string('長', 2_000), "<p>本文</p>"))
            with { OneClickUnsubscribe = new Uri("https://school.example/u/" + new string('a', 300)) };
        var mail = Read(Mail.Compose(message, From, new DkimKey("school.example", "k1", rsa.ExportPkcs8PrivateKeyPem())));
        var header = mail.Headers[mail.Headers.IndexOf(HeaderId.DkimSignature)];
        Assert.Contains("List-Unsubscribe-Post", header.Value, StringComparison.OrdinalIgnoreCase);
        var verifier = new DkimVerifier(new PublishedKey(rsa.ExportSubjectPublicKeyInfoPem()));
        Assert.True(verifier.Verify(mail, header));
        mail.Headers.Replace(HeaderId.ListUnsubscribe, "<https://elsewhere.example>");
        Assert.False(verifier.Verify(mail, header));
    }

    private static MimeMessage Made(MessageContent content) => Mail.Compose(Given.Message(Channel.Email, content: content), From, null);

    /// <summary>As a receiver does, from the bytes.</summary>
    private static MimeMessage Read(MimeMessage mail) => MimeMessage.Load(new MemoryStream(mail.Bytes()));

    /// <summary>The DNS of the sender's domain.</summary>
    private sealed class PublishedKey(string pem) : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(
            string methods, string domain, string selector, CancellationToken cancellationToken = default)
        {
            Assert.Equal(("school.example", "k1"), (domain, selector));
            return (AsymmetricKeyParameter)new PemReader(new StreamReader(new MemoryStream(Encoding.ASCII.GetBytes(pem)))).ReadObject();
        }

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
            string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}

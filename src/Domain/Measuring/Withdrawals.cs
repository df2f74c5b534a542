namespace LStep.Domain.Measuring;

/// <summary>Which columns of consent an unsubscribed activity withdraws, by the channel it names.</summary>
static class Withdrawals
{
    const string Email = "consent.email", Push = "consent.push", InApp = "consent.inapp";

    /// <summary>Segment's event of that name is about email alone; channels that nothing is sent by have no consent.</summary>
    public static string[] Columns(string? channel) => TraitNames.Key(channel?.Trim() ?? "") switch
    {
        "" or "email" or "mail" => [Email],
        "push" or "pushnotification" or "mobilepush" or "webpush" => [Push],
        "inapp" or "inappmessage" => [InApp],
        "all" or "any" => [Email, Push, InApp],
        _ => [],
    };
}

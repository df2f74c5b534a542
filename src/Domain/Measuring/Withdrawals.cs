namespace LStep.Domain.Measuring;

/// <summary>
/// What an unsubscribed activity says of consent, in the words of an identify: it is merged like one, so that the last write by event time
/// stands, a later yes is heard and an earlier one is not.
/// </summary>
static class Withdrawals
{
    const string Email = """{"consent.email":false}""", Push = """{"consent.push":false}""", InApp = """{"consent.in_app":false}""",
        Every = """{"consent.email":false,"consent.push":false,"consent.in_app":false}""", None = "{}";

    public static Activity AsIdentify(Activity unsubscribed) => unsubscribed with { Properties = Traits(unsubscribed.Subject) };

    /// <summary>Segment's event of that name is about email alone; channels that nothing is sent by have no consent.</summary>
    static string Traits(string? channel) => TraitNames.Key(channel?.Trim() ?? "") switch
    {
        "" or "email" or "mail" => Email,
        "push" or "pushnotification" or "mobilepush" or "webpush" => Push,
        "inapp" or "inappmessage" => InApp,
        "all" or "any" => Every,
        _ => None,
    };
}

using System.Collections.Immutable;
using LStep.Domain;
using LStep.Domain.Campaigning;

namespace LStep.Grains.Campaigns.Feedback;

/// <summary>What the person that a message went to lets messages come by.</summary>
/// <param name="Stamps">Who said so last, by the profile's names of traits.</param>
public sealed record MessagePreferences(
    MessageAction Action, string? Locale, ImmutableDictionary<MessageConsent, bool> On, ImmutableSortedDictionary<string, Stamp> Stamps)
{
    public Stamp? StampOf(MessageConsent consent) => Stamps.TryGetValue(consent.StampName(), out var stamp) ? stamp : null;
}

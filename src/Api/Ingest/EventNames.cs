using LStep.Grains.Events;

namespace LStep.Api.Ingest;

/// <summary>How the name of an event is told from others: without regard to case, white space, '_' and '-'.</summary>
public static class EventNames
{
    public static bool IsBlank(char c) => c is '_' or '-' || char.IsWhiteSpace(c);

    /// <summary>
    /// By what the catalogue knows a name; empty when it has none. A name that is read by its first words has a blank behind them, since
    /// there the words count: "Email Foo" is a message, "emailfoo" is nothing known.
    /// </summary>
    public static string Key(ReadOnlySpan<char> name)
    {
        Span<char> buffer = stackalloc char[EventLimits.NameCharsMax];
        return buffer[..Key(name, buffer, out _)].ToString();
    }

    /// <summary>By what an operator decided, else by the table, else by the first words; what nobody knows is of type other.</summary>
    public static EventMeaning MeaningOf(ReadOnlySpan<char> name, DecidedNames decided)
    {
        Span<char> buffer = stackalloc char[EventLimits.NameCharsMax];
        var length = Key(name, buffer, out var known);
        return decided.Find(buffer[..length]) is { } type ? EventTable.Of(type) : known?.Meaning ?? EventTable.Other;
    }

    /// <param name="buffer">Of <see cref="EventLimits.NameCharsMax"/> characters; what does not fit is left out.</param>
    /// <param name="known">What the name means by the table or its first words; null when neither knows it.</param>
    public static int Key(ReadOnlySpan<char> name, Span<char> buffer, out KnownName? known)
    {
        name = Cut(name);
        var length = Normalise(name, buffer);
        known = EventTable.Find(buffer[..length]);
        if (known is not null || !FirstWords.TryFind(name, out var words, out var end)) return length;
        known = EventTable.OfFirstWords;
        words.CopyTo(buffer);
        length = words.Length;
        var rest = Normalise(name[end..], buffer[(length + 1)..]);
        if (rest == 0) return length;
        buffer[length] = ' ';
        return length + 1 + rest;
    }

    /// <summary>What is kept of a name: bounded, and never half a character at its end.</summary>
    public static ReadOnlySpan<char> Cut(ReadOnlySpan<char> name) =>
        name.Length <= EventLimits.NameCharsMax ? name
        : name[..(char.IsHighSurrogate(name[EventLimits.NameCharsMax - 1]) ? EventLimits.NameCharsMax - 1 : EventLimits.NameCharsMax)];

    /// <summary>Lower case without what does not matter, cut where the buffer ends.</summary>
    public static int Normalise(ReadOnlySpan<char> name, Span<char> buffer)
    {
        var length = 0;
        foreach (var c in name)
        {
            if (IsBlank(c)) continue;
            if (length == buffer.Length) break;
            buffer[length++] = char.ToLowerInvariant(c);
        }
        // Never half a character at the cut.
        return length > 0 && char.IsHighSurrogate(buffer[length - 1]) ? length - 1 : length;
    }
}

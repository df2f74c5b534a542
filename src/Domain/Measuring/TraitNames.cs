namespace LStep.Domain.Measuring;

/// <summary>Trait names are matched without regard to case, spaces, _ and -; several names can mean one column.</summary>
public static class TraitNames
{
    /// <summary>
    /// What the name means: a column or a free trait. Stamps are kept by it, so that the last write wins by whatever name.
    /// </summary>
    public static string Key(string name) => Of(name).Key;

    /// <summary>Of several names for one thing in one message the more exact wins.</summary>
    internal static (string Key, int Exactness) Of(string name)
    {
        var key = string.Create(name.Length, name, static (span, name) =>
        {
            var length = 0;
            foreach (var c in name)
                if (c is not (' ' or '_' or '-')) span[length++] = char.ToLowerInvariant(c);
            span[length..].Clear();
        }).TrimEnd('\0');
        return key switch
        {
            "tier" => ("tier", 3),
            "producttier" => ("tier", 2),
            "plan" => ("tier", 1),
            "enrolledat" => ("enrolledat", 2),
            "createdat" => ("enrolledat", 1),
            "ltvvalue" => ("ltv", 2),
            "ltv" => ("ltv", 1),
            _ => (key, 0),
        };
    }
}

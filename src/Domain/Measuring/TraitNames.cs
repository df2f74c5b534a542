namespace LStep.Domain.Measuring;

/// <summary>Trait names are matched without regard to case, spaces, _ and -; several names can mean one column.</summary>
public static class TraitNames
{
    public static string Key(string name)
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
            "plan" or "producttier" => "tier",
            "ltvvalue" => "ltv",
            "createdat" => "enrolledat",
            _ => key,
        };
    }
}

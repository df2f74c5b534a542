namespace LStep.Api.Http;

/// <summary>Texts that people write into the product.</summary>
public static class TextField
{
    /// <summary>Null when the text can be kept; a text that is not given can.</summary>
    /// <param name="path">Where it stands, as a JSON path.</param>
    public static InputError? WhyNot(string path, string? text, int charsMax, bool required = false)
    {
        var name = path.TrimStart('$', '.');
        if (required && string.IsNullOrWhiteSpace(text)) return new InputError(path, "required", $"{name} is needed.");
        if (text?.Length > charsMax) return new InputError(path, "too_long", $"{name} has at most {charsMax:N0} characters.");
        return text?.Contains('\0') == true ? new InputError(path, "bad_character", $"{name} cannot hold the character NUL.") : null;
    }
}

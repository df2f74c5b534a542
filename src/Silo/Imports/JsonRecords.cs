using System.Text;

namespace LStep.Silo.Imports;

/// <param name="Reason">Null where the text is one whole object or list.</param>
internal readonly record struct JsonRecord(int Line, string Text, string? Reason);

/// <summary>
/// The innermost records of a JSON file, one at a time: objects, and lists that begin with a plain value, in whatever lists they stand,
/// or one after the other. What is none of them is told, and reading goes on behind it.
/// </summary>
internal sealed class JsonRecords(TextChars chars)
{
    /// <summary>Null at the end.</summary>
    public JsonRecord? Next()
    {
        while (true)
        {
            var (c, line) = (chars.Peek(), chars.Line);
            if (c == TextChars.End) return null;
            if (c == '{') return Whole(line, isList: false);
            if (c == '[')
            {
                if (BeginsWithValue()) return Whole(line, isList: true);
            }
            else if (char.IsWhiteSpace((char)c) || c is ',' or ']' or '\uFEFF') chars.Read();
            else return Stray(line);
        }
    }

    /// <summary>Whether the list that begins here is a record; the bracket is passed in any case.</summary>
    private bool BeginsWithValue()
    {
        chars.Read();
        while (chars.Peek() is var next and not TextChars.End && char.IsWhiteSpace((char)next)) chars.Read();
        return chars.Peek() is '"' or '-' or 't' or 'f' or 'n' or (>= '0' and <= '9');
    }

    private JsonRecord Whole(int line, bool isList)
    {
        var text = new StringBuilder(isList ? "[" : "");
        var (depth, isText, isEscaped) = (isList ? 1 : 0, false, false);
        while (chars.Read() is var c and not TextChars.End)
        {
            text.Append((char)c);
            if (isText) (isText, isEscaped) = (c != '"' || isEscaped, c == '\\' && !isEscaped);
            else if (c == '"') isText = true;
            else if (c is '{' or '[') depth++;
            else if (c is '}' or ']' && --depth == 0) return new JsonRecord(line, text.ToString(), null);
            if (text.Length >= TextLines.CharsMax)
                return new JsonRecord(line, text.ToString(0, TextLines.ShownCharsMax), $"it is longer than {TextLines.CharsMax / 1024} KB");
        }
        return new JsonRecord(line, TextLines.Shown(text.ToString()), "the file ends within it");
    }

    /// <summary>To where something else may begin.</summary>
    private JsonRecord Stray(int line)
    {
        var text = new StringBuilder();
        while (chars.Peek() is not (TextChars.End or '{' or '[' or '\n' or '\r'))
        {
            var c = (char)chars.Read();
            if (text.Length < TextLines.ShownCharsMax) text.Append(c);
        }
        return new JsonRecord(line, text.ToString(), "it is no JSON");
    }
}

using System.Text.RegularExpressions;

namespace LStep.Deployment.Tests;

/// <summary>The environment variables that the sources name; whatever a deployment sets beyond them would be set in vain.</summary>
internal static partial class ReadByTheProduct
{
    public static IReadOnlySet<string> Names { get; } =
        Repository.Sources().SelectMany(text => Variable().Matches(text)).Select(match => match.Groups[1].Value).ToHashSet();

    [GeneratedRegex("\"((?:LSTEP|OTEL|DOTNET)_[A-Z0-9_]+)\"")]
    private static partial Regex Variable();
}

internal static partial class Secrets
{
    /// <summary>Whether a name or a text speaks of a secret.</summary>
    public static bool IsSecret(string text) => Word().IsMatch(text);

    // LSTEP_SILO_KEY is the path of a file.
    [GeneratedRegex("PASSWORD|SECRET|TOKEN|(?<!LSTEP_SILO)_KEY|LSTEP_POSTGRES", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}

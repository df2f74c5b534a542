namespace LStep.Grains.Campaigns.Templates;

/// <summary>Takes what a template writes until it is too much or takes too long.</summary>
internal sealed class BoundedText(Patience patience) : StringWriter
{
    public const int CharactersMax = 256 * 1024;

    public override void Write(char value)
    {
        Check(1);
        base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Check(count);
        base.Write(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Check(buffer.Length);
        base.Write(buffer);
    }

    public override void Write(string? value)
    {
        Check(value?.Length ?? 0);
        base.Write(value);
    }

    private void Check(int more)
    {
        patience.Check();
        if (GetStringBuilder().Length + more > CharactersMax)
            throw new TemplateException($"It writes more than {CharactersMax} characters.");
    }
}

/// <summary>How long one text may take to render.</summary>
internal sealed class Patience(TimeProvider clock)
{
    private static readonly TimeSpan RenderMax = TimeSpan.FromSeconds(2);

    private readonly long since = clock.GetTimestamp();

    public void Check()
    {
        if (clock.GetElapsedTime(since) > RenderMax) throw new TemplateException($"It takes longer than {RenderMax.TotalSeconds} s.");
    }
}

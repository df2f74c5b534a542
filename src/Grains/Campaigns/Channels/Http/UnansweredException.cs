namespace LStep.Grains.Campaigns.Channels.Http;

/// <summary>How far a request came that has no answer.</summary>
public enum Unanswered
{
    /// <summary>We refuse to call this address.</summary>
    Refused,

    /// <summary>The receiver cannot have got all of it.</summary>
    NotGiven,

    /// <summary>All of it was written, so that the receiver may have acted on it.</summary>
    Given,
}

/// <summary>There is no answer; the message repeats neither the address nor the request, which may hold secrets.</summary>
public sealed class UnansweredException(Unanswered how, string message, Exception? inner = null)
    : HttpRequestException(message, inner)
{
    public Unanswered How => how;

    /// <param name="idempotent">The receiver recognises the key of a request that it has seen.</param>
    public SendOutcome Outcome(bool idempotent) => how switch
    {
        Unanswered.Refused => new SendOutcome.Failed(Message),
        Unanswered.Given when !idempotent => new SendOutcome.Unknown(Message),
        _ => new SendOutcome.NotNow(Message),
    };
}

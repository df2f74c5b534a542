namespace LStep.Workbench.Fuzz;

/// <param name="What">The status, or hang, or a connection that was closed instead of an answer.</param>
public sealed record Failure(FuzzRequest Request, string What);

/// <summary>What came of a run.</summary>
public sealed class FuzzResult
{
    private const int FailuresKeptMax = 20;
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, long> answers = [];
    private readonly List<Failure> failures = [];
    private TimeSpan slowest;

    public IReadOnlyDictionary<string, long> Answers => answers;

    public IReadOnlyList<Failure> Failures => failures;

    public long Requests { get; private set; }

    /// <summary>5xx that are no overload.</summary>
    public long ServerErrors { get; private set; }

    public long Hangs { get; private set; }

    /// <summary>4xx of the product that are no application/problem+json with a code.</summary>
    public long Unexplained { get; private set; }

    /// <summary>How long the slowest answer took, and to what.</summary>
    public (TimeSpan Took, string Request) Slowest { get; private set; } = (TimeSpan.Zero, "");

    public void Answered(FuzzRequest request, RawAnswer answer, TimeSpan took)
    {
        lock (gate)
        {
            Count(answer.Status switch
            {
                503 when answer.HasRetryAfter => "503 with Retry-After",
                0 => request.IsWhole ? "closed without an answer" : "cut by us",
                505 => "505, a version of HTTP that is not supported",
                _ => $"{answer.Status / 100}xx: {answer.Status}",
            });
            if (took > slowest && answer.Status > 0) Slowest = (slowest = took, request.FirstLine);
            if (answer.Refusal is { IsProblem: false } refusal && !request.IsOfHub)
            {
                Unexplained++;
                Fail(request, $"{answer.Status} as '{refusal.ContentType}' without a code: {refusal.Body}");
            }
            // The server's own answer to a first line, before anything of ours sees it.
            if (answer.Status is < 500 or 505 || answer is { Status: 503, HasRetryAfter: true }) return;
            ServerErrors++;
            Fail(request, $"{answer.Status}");
        }
    }

    public void Hung(FuzzRequest request)
    {
        lock (gate)
        {
            Count("no answer");
            Hangs++;
            Fail(request, "no answer");
        }
    }

    private void Count(string answer)
    {
        Requests++;
        answers[answer] = answers.GetValueOrDefault(answer) + 1;
    }

    private void Fail(FuzzRequest request, string what)
    {
        if (failures.Count < FailuresKeptMax) failures.Add(new Failure(request, what));
    }
}
